import { readFileSync } from 'node:fs'

import * as z from 'zod'

import { deskClient, signInToDesk } from '#tools/desk-session.mjs'
import { NO_LIMITS, startProduct, startSandboxAlone } from '#tools/product.mjs'
import { openSandbox } from '#tools/sandbox-controls.mjs'

import { sleep } from './browser.mjs'
import { onEachEngine } from './engines.mjs'
import { memoryOf } from './memory.mjs'
import { number } from './report.mjs'

/**
 * @import { Engine } from './engines.mjs'
 * @import { Product } from '#tools/product.mjs'
 * @import { Report } from './report.mjs'
 */

const CHANGES = 500
/** The shortest interval, in seconds. */
const INTERVAL = 30
const LOOKS = 3
const TICKS_PER_SECOND = 100

const watchSchema = z.object({
  lastLookAt: z.string().nullable(),
  trouble: z.string().nullable(),
})

/**
 * Measures the watch over 10,000 webhooks: the desk alone, its Nexudus in a process of its own.
 *
 * @param {Report} report
 */
export async function watch(report) {
  report({
    title: 'The watch over 10,000 webhooks, in processor time of the desk',
    head: [
      'database',
      'a look without news, ms',
      `a look with ${CHANGES} changes, ms`,
      'start page, ms',
      'memory above a desk that does not watch, MB',
    ],
    rows: await onEachEngine(measure),
    notes: [
      `A look without news: the mean of ${LOOKS}, less what a desk without a watch uses meanwhile.`,
    ],
  })
}

/** @param {Engine} engine */
async function measure({ name, env }) {
  const nexudus = await startSandboxAlone({ SANDBOX_SEED: 'large' })
  const settings = {
    ...env,
    ...NO_LIMITS,
    NEXUDUS_URL: nexudus.sandboxUrl,
    WATCH_SECONDS: String(INTERVAL),
    WATCH_EMAIL: 'watch@hookdesk.test',
    WATCH_PASSWORD: 'sandbox',
  }
  try {
    const idle = await startProduct({ ...settings, WATCH: '0' })
    await sleep(5_000)
    const idleBefore = processorMs(idle)
    await sleep(INTERVAL * 1_000)
    const idleMs = processorMs(idle) - idleBefore
    const idleMemory = memoryOf(idle.process.pid)
    await idle.stop()

    const product = await startProduct({ ...settings, WATCH: '1' })
    const desk = deskClient(product.url, await signInToDesk(product.url))
    const read = async () => watchSchema.parse(await desk('GET', '/desk/watch'))
    let last = await nextLook(read, null)
    const before = processorMs(product)
    for (let looks = 0; looks < LOOKS; looks += 1) last = await nextLook(read, last)
    const quietMs = (processorMs(product) - before) / LOOKS - idleMs

    const startedAt = performance.now()
    for (let times = 0; times < 10; times += 1) await desk('GET', '/desk/attention')
    const pageMs = (performance.now() - startedAt) / 10

    const sandbox = await openSandbox(nexudus.sandboxUrl)
    const ids = await sandbox.listIds({})
    last = await nextLook(read, last)
    // between two looks
    for (const { Id } of ids.slice(0, CHANGES)) await sandbox.changeWebhook(Id, { Active: false })
    const beforeChanges = processorMs(product)
    await nextLook(read, last)
    const changedMs = processorMs(product) - beforeChanges
    const memory = memoryOf(product.process.pid)
    await product.stop()
    return [
      name,
      number(quietMs, { budget: 300 }),
      number(changedMs, { budget: 2_000 }),
      number(pageMs, { budget: 50 }),
      number(memory && idleMemory ? memory - idleMemory : undefined, { budget: 40 }),
    ]
  } finally {
    await nexudus.stop()
  }
}

/** Processor time that the desk has used so far, in milliseconds. @param {Product} product */
function processorMs({ process: { pid } }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND
}

/**
 * Waits for a look after the one at `last`; returns its time.
 *
 * @param {() => Promise<{ lastLookAt: string | null, trouble: string | null }>} read
 * @param {string | null} last
 */
async function nextLook(read, last) {
  // asking is work, too
  if (last !== null) await sleep((INTERVAL - 5) * 1_000)
  for (;;) {
    const { lastLookAt, trouble } = await read()
    if (lastLookAt !== null && lastLookAt !== last) {
      if (trouble !== null) throw new Error(`The look was not complete: ${trouble}`)
      return lastLookAt
    }
    await sleep(1_000)
  }
}
