import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { startProduct } from '#tools/product.mjs'

import { memoryOf } from './memory.mjs'
import { median, number, spread } from './report.mjs'

/**
 * @import { Env } from '#tools/product.mjs'
 * @import { Report } from './report.mjs'
 *
 * @typedef {{ ms: number, mb: number | undefined }} Start
 */

const ROUNDS = 3
const RESTART_BUDGET_MS = 3000

/**
 * Measures from the start of the process until it says that it is ready, with its memory then.
 *
 * @param {Report} report
 */
export async function start(report) {
  /** @type {Start[]} */
  const first = []
  /** @type {Start[]} */
  const again = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const DATA_DIR = mkdtempSync(path.join(tmpdir(), 'hookdesk-bench-'))
    try {
      first.push(await once({ DATA_DIR }))
      again.push(await once({ DATA_DIR }))
    } finally {
      rmSync(DATA_DIR, { recursive: true, force: true })
    }
  }
  report({
    title: `Start of the built product, with its sandbox and PGlite, of ${ROUNDS} rounds`,
    head: ['start', 'ready after', '', 'memory (RSS)'],
    rows: [
      row('on a fresh folder', first),
      row('on the folder of before', again, { budget: RESTART_BUDGET_MS }),
    ],
  })
}

/**
 * @param {string} name
 * @param {Start[]} starts
 */
function row(name, starts, options = {}) {
  const times = starts.map(({ ms }) => ms)
  const memory = starts.flatMap(({ mb }) => mb ?? [])
  return [
    name,
    number(median(times), { unit: 'ms', ...options }),
    spread(times),
    memory.length > 0 ? `${spread(memory)} MB` : 'not known here',
  ]
}

/**
 * @param {Env} env
 * @returns {Promise<Start>}
 */
async function once(env) {
  const product = await startProduct(env)
  const result = { ms: product.readyMs, mb: memoryOf(product.process.pid) }
  await product.stop()
  return result
}
