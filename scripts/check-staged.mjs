import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

// Checks only format and lint of the staged files, as they are in the working tree, to be fast.
// CONTRIBUTING.md says how to have Git run it before each commit.

const { stdout } = spawnSync('git', ['diff', '--cached', '--name-only', '--diff-filter=d', '-z'], {
  encoding: 'utf8',
})
const staged = stdout.split('\0').filter((file) => file !== '' && existsSync(file))
const linted = staged.filter((file) => /\.(mjs|tsx?)$/.test(file))

const passed = await Promise.all([
  check('prettier', ['--check', '--ignore-unknown', '--log-level', 'warn'], staged),
  check('oxlint', ['--quiet', '--no-error-on-unmatched-pattern'], linted),
])
process.exitCode = passed.every(Boolean) ? 0 : 1

/**
 * Runs a tool on the files. Prints its output only if it fails.
 *
 * @param {string} tool
 * @param {string[]} options
 * @param {string[]} files
 */
function check(tool, options, files) {
  if (files.length === 0) return true
  return new Promise((resolve) => {
    const program = path.join('node_modules', '.bin', tool)
    const child = spawn(process.execPath, [program, ...options, '--', ...files])
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()))
    }
    child.once('close', (code) => {
      if (code !== 0) console.error(output.trimEnd())
      resolve(code === 0)
    })
  })
}
