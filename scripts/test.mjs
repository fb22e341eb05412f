import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { findChromium } from '#tools/chromium.mjs'

import { sourceStamp, STAMP_FILE } from './build-stamp.mjs'

// everything that is checked, in order; a step that fails does not hide what the others have to say

const folder = mkdtempSync(path.join(tmpdir(), 'hookdesk-test-'))
const reports = {
  vitest: path.join(folder, 'vitest.json'),
  playwright: path.join(folder, 'playwright.json'),
}

const isBuilt = () => existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, 'utf8') === sourceStamp()

const steps = [
  { title: 'Types', run: () => tool('tsc') },
  { title: 'Lint', run: () => tool('oxlint', '--type-aware') },
  { title: 'Format', run: () => tool('prettier', '--check', '--log-level', 'warn', '.') },
  { title: 'Unused code and packages', run: () => tool('knip') },
  {
    title: 'Unit and server tests',
    run: () =>
      tool(
        ...['vitest', 'run', '--reporter=default', '--reporter=json'],
        `--outputFile.json=${reports.vitest}`,
      ),
  },
  { title: 'Build', run: () => (isBuilt() ? say('Nothing has changed.') : npm('run', 'build')) },
  {
    title: 'End-to-end tests',
    // of an older build they would say nothing about this one
    needs: isBuilt,
    run: () =>
      tool('playwright', 'test', '--reporter=list,json', {
        // found, and installed where it is missing, before the tests ask for it
        CHROMIUM_PATH: findChromium(),
        PLAYWRIGHT_JSON_OUTPUT_NAME: reports.playwright,
      }),
  },
]

const failedSteps = steps.filter(({ title, needs = () => true, run }) => {
  console.log(`\n── ${title} ──`)
  return needs() ? !run() : !say('Not run: nothing was built.')
})
const counts = [vitestCounts(), playwrightCounts()]
rmSync(folder, { recursive: true, force: true })

const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failedTests = counts.reduce((sum, count) => sum + count.failed, 0)
const skipped = counts.reduce((sum, count) => sum + count.skipped, 0)
// what fails before a test can, like a type, is no success either
const failed = Math.max(failedTests, failedSteps.length)
if (failed > 0) console.error(`\nFailed: ${failedSteps.map(({ title }) => title).join(', ')}.`)
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(failed > 0 ? 1 : 0)

/** Runs a tool of this project, without npm’s own lines around its output. */
function tool(name, ...rest) {
  const env = typeof rest.at(-1) === 'object' ? rest.pop() : {}
  return started(process.execPath, [path.join('node_modules', '.bin', name), ...rest], env)
}

function npm(...args) {
  return started(process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
}

function started(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (error) console.error(error.message)
  return status === 0
}

function say(sentence) {
  console.log(sentence)
  return true
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

function vitestCounts() {
  const report = readReport(reports.vitest)
  return {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: report?.numPendingTests ?? 0,
  }
}

function playwrightCounts() {
  const { expected = 0, unexpected = 0, skipped = 0 } = readReport(reports.playwright)?.stats ?? {}
  return { passed: expected, failed: unexpected, skipped }
}
