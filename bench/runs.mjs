import * as z from 'zod'

import { deskClient, signInToDesk } from '#tools/desk-session.mjs'
import { NO_LIMITS, startProduct } from '#tools/product.mjs'

import { sleep } from './browser.mjs'
import { onEachEngine } from './engines.mjs'
import { number } from './report.mjs'

/**
 * @import { Engine } from './engines.mjs'
 * @import { Report } from './report.mjs'
 */

const listSchema = z.object({ Records: z.array(z.object({ Id: z.number(), Active: z.boolean() })) })
const runSchema = z.object({
  run: z.object({
    id: z.number(),
    state: z.string(),
    counts: z.looseObject({ done: z.number() }),
  }),
})
const itemsSchema = z.object({ items: z.array(z.object({ id: z.number() })) })

const ITEMS = 1_000
/** The number of items carried out: each is read, written and read again. */
const CARRIED_OUT = 300

/**
 * Measures a run without the waits that Nexudus asks for: its dry run, and each item.
 *
 * @param {Report} report
 */
export async function runs(report) {
  report({
    title: `A run of ${ITEMS} items against a sandbox that does not throttle, in the same process`,
    head: [
      'database',
      'dry run, ms',
      'items of it in one answer, ms',
      'carried out, items a second',
      'undo proposed and checked, ms',
    ],
    rows: await onEachEngine(measure),
    notes: [
      `Carried out: ${CARRIED_OUT} of them, each read, written and read again. Real Nexudus allows one write a second.`,
    ],
  })
}

/** @param {Engine} engine */
async function measure({ name, env }) {
  const product = await startProduct({ ...env, ...NO_LIMITS, SANDBOX_SEED: 'large' })
  try {
    const desk = deskClient(product.url, await signInToDesk(product.url))
    const list = await desk('GET', '/api/sys/webhooks?page=1&size=1000')
    const { Records } = listSchema.parse(list)
    const pause = (/** @type {(typeof Records)[number]} */ { Id: webhookId, Active }) => ({
      kind: 'change',
      webhookId,
      change: { Active: !Active },
    })
    const changes = Records.slice(0, ITEMS).map(pause)

    const title = { act: 'describe', count: changes.length }
    const propose = async () =>
      runSchema.parse(await desk('POST', '/desk/runs', { title, changes }))
    const [run, dryMs] = await timed(async () => until(desk, (await propose()).run.id, 'proposed'))
    const [{ items }, itemsMs] = await timed(async () =>
      itemsSchema.parse(await desk('GET', `/desk/runs/${run.id}/items`)),
    )
    const leftOut = items.slice(CARRIED_OUT).map(({ id }) => id)
    const [done, doneMs] = await timed(async () => {
      await desk('POST', `/desk/runs/${run.id}/start`, { leftOut })
      return until(desk, run.id, 'finished')
    })
    if (done.counts.done !== CARRIED_OUT) throw new Error(`Not all: ${JSON.stringify(done.counts)}`)
    const [, undoMs] = await timed(async () => {
      const answer = runSchema.parse(await desk('POST', `/desk/runs/${run.id}/undo`))
      return until(desk, answer.run.id, 'proposed')
    })
    return [
      name,
      number(dryMs),
      number(itemsMs),
      number((CARRIED_OUT / doneMs) * 1000, { digits: 1 }),
      number(undoMs),
    ]
  } finally {
    await product.stop()
  }
}

/**
 * @template Result
 * @param {() => Promise<Result>} act
 * @returns {Promise<[Result, number]>}
 */
async function timed(act) {
  const startedAt = performance.now()
  const result = await act()
  return [result, performance.now() - startedAt]
}

/**
 * @param {ReturnType<typeof deskClient>} desk
 * @param {number} id
 * @param {string} state
 */
async function until(desk, id, state) {
  for (;;) {
    const { run } = runSchema.parse(await desk('GET', `/desk/runs/${id}`))
    if (run.state === state) return run
    await sleep(25)
  }
}
