import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { findChromium } from '#tools/chromium.mjs'

import { isBuilt } from './build-stamp.mjs'
import { NOTHING_RUN, playwrightOutcome, strayErrors, vitestOutcome } from './reports.mjs'

/** @import { Outcome } from './reports.mjs' */

// runs all checks in order; a failed step does not hide the results of the others

const folder = mkdtempSync(path.join(tmpdir(), 'hookdesk-test-'))
const reports = {
  vitest: path.join(folder, 'vitest.json'),
  strayErrors: path.join(folder, 'stray-errors.json'),
  playwright: path.join(folder, 'playwright.json'),
}

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {() => boolean} run
 * @property {() => boolean} [needs] a condition; if false, the step is skipped and counts as failed
 */

/** @type {Step[]} */
const steps = [
  { title: 'Types', run: () => tool('tsc') },
  { title: 'Lint', run: () => tool('oxlint', ['--type-aware']) },
  { title: 'Format', run: () => tool('prettier', ['--check', '--log-level', 'warn', '.']) },
  { title: 'Unused code and packages', run: () => tool('knip') },
  { title: 'Spelling', run: () => npm('run', 'spelling') },
  {
    title: 'Unit and server tests',
    run: () =>
      tool(
        'vitest',
        [
          'run',
          '--reporter=default',
          '--reporter=json',
          '--reporter=./scripts/stray-errors.mjs',
          `--outputFile.json=${reports.vitest}`,
        ],
        { CHROMIUM_PATH: findChromium(), STRAY_ERRORS_FILE: reports.strayErrors },
      ),
  },
  { title: 'Build', run: () => (isBuilt() ? say('Nothing has changed.') : npm('run', 'build')) },
  {
    title: 'End-to-end tests',
    // with an older build they would say nothing about the present sources
    needs: isBuilt,
    run: () =>
      tool('playwright', ['test', '--reporter=list,json'], {
        // found, or installed if it is missing, before the tests need it
        CHROMIUM_PATH: findChromium(),
        PLAYWRIGHT_JSON_OUTPUT_NAME: reports.playwright,
      }),
  },
]

const failedSteps = steps.filter(({ title, needs = () => true, run }) => {
  console.log(`\n── ${title} ──`)
  return needs() ? !run() : !say('Not run: nothing was built.')
})
const outcomes = [
  outcomeOf(reports.vitest, vitestOutcome),
  outcomeOf(reports.strayErrors, strayErrors),
  outcomeOf(reports.playwright, playwrightOutcome),
]
rmSync(folder, { recursive: true, force: true })

const total = (/** @type {'passed' | 'failed' | 'skipped'} */ what) =>
  outcomes.reduce((sum, outcome) => sum + outcome[what], 0)
const skipped = total('skipped')
// a failure before the tests, like one of types, is no success either
const failed = Math.max(total('failed'), failedSteps.length)
if (failed > 0) console.log(`\nFailed: ${failedSteps.map(({ title }) => title).join(', ')}.`)
for (const { test, message } of outcomes.flatMap(({ failures }) => failures)) {
  console.log(`\n  ${test}\n    ${message}`)
}
console.log(
  `\n${total('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
)
process.exit(failed > 0 ? 1 : 0)

/**
 * Runs a tool of this project, without npm’s own lines around its output.
 *
 * @param {string} name
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
function tool(name, args = [], env = {}) {
  return started(process.execPath, [path.join('node_modules', '.bin', name), ...args], env)
}

/** @param {string[]} args */
function npm(...args) {
  return started(process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function started(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (error) console.error(error.message)
  return status === 0
}

/** @param {string} sentence */
function say(sentence) {
  console.log(sentence)
  return true
}

/**
 * Reads the report of a tool; an empty outcome if the tool ended before it wrote one.
 *
 * @param {string} file
 * @param {(report: unknown) => Outcome} read
 */
function outcomeOf(file, read) {
  return existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : NOTHING_RUN
}
