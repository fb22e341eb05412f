import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { startProduct } from '#tools/product.mjs'

import { median, number, spread } from './report.mjs'

const ROUNDS = 3
const RESTART_BUDGET_MS = 3000

/** From the start of the process until it says that it is ready, and the memory it then has. */
export async function start(report) {
  const first = []
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

async function once(env) {
  const product = await startProduct(env)
  const result = { ms: product.readyMs, mb: memoryOf(product.process.pid) }
  await product.stop()
  return result
}

/** Where the system tells it without a program of its own. */
function memoryOf(pid) {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return undefined
  const kb = readFileSync(file, 'utf8').match(/^VmRSS:\s+(\d+)/m)?.[1]
  return kb && Number(kb) / 1024
}
