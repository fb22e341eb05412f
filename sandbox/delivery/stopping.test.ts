import type { ServerResponse } from 'node:http'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { deliveries } from '#sandbox/db/tables.ts'

import { forgetFinished } from './delivery-list.ts'
import { claimDue, takeBackClaims } from './claims.ts'
import { settle } from './settle.ts'
import { openTestDeliveries, type Deliveries } from './test-deliveries.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let desk: Deliveries
beforeAll(async () => {
  desk = await openTestDeliveries()
})
beforeEach(() => {
  desk.heard.length = 0
  desk.answerStatus(500)
})
afterAll(() => desk.close())

/** Creates a webhook and deletes it afterwards, so that no later event reaches it. */
async function withWebhook(check: (id: number) => Promise<void>, change = {}) {
  const id = await desk.makeWebhook(change)
  try {
    await check(id)
  } finally {
    await desk.admin.delete(`/api/sys/webhooks/${id}`)
    await desk.drained()
  }
  if (desk.errors.length > 0) throw new AggregateError(desk.errors, 'The sender had errors')
}

test('ten failed attempts of one event switch its webhook off, and no eleventh is made', () =>
  withWebhook(async (id) => {
    await desk.raise()
    await desk.drained()
    for (let failures = 1; failures <= 9; failures += 1) {
      expect(await desk.wireOf(id)).toMatchObject({
        ErrorCount: failures,
        Active: true,
        LastError: 'The remote server returned an error: (500) Internal Server Error. no',
      })
      await desk.pass(9 * HOUR)
    }
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 10, Active: false })
    await desk.pass(48 * HOUR)
    expect(desk.heard).toHaveLength(10)
    expect(await desk.stopsOf(id)).toHaveLength(1)
    expect(await desk.statesOf(id)).toEqual({ parked: 1 })
  }))

test('with the switches set the eleventh failure stops a webhook, and a success leaves the count', () =>
  withWebhook(async (id) => {
    await desk.switches({ stopsAt: '11', successResets: 'no' })
    const raise = async (times: number) => {
      for (let event = 0; event < times; event += 1) {
        await desk.raise()
        await desk.drained()
      }
    }
    await raise(9)
    desk.answerStatus(200)
    await raise(1)
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 9, Active: true })
    desk.answerStatus(500)
    await raise(1)
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 10, Active: true })
    await raise(1)
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 11, Active: false })
    await desk.switches({ stopsAt: '10', successResets: 'yes' })
  }))

test('a webhook with many failing deliveries at once is stopped once, at exactly ten', () =>
  withWebhook(async (id) => {
    for (let event = 0; event < 64; event += 1) await desk.raise()
    await desk.drained()
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 10, Active: false })
    expect(await desk.stopsOf(id)).toHaveLength(1)
    expect(await desk.countFailing(id)).toEqual([{ rows: 10 }])
    // four at once: attempts under way at the tenth failure were recorded, but changed nothing
    expect((await desk.attemptsOf(id)).length).toBeLessThanOrEqual(13)
    expect(await desk.statesOf(id)).toEqual({ parked: 64 })
  }))

test('a webhook stays on after nine failures, a success and nine failures', () =>
  withWebhook(async (id) => {
    for (let event = 0; event < 9; event += 1) {
      await desk.raise()
      await desk.drained()
    }
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 9, Active: true })
    desk.answerStatus(204)
    await desk.raise()
    await desk.drained()
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 0, Active: true })
    desk.answerStatus(500)
    for (let event = 0; event < 9; event += 1) {
      await desk.raise()
      await desk.drained()
    }
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 9, Active: true })
    await desk.raise()
    await desk.drained()
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 10, Active: false })
  }))

test('a webhook that is switched on again starts at zero, and gets one delivery before the rest', () =>
  withWebhook(async (id) => {
    for (let event = 0; event < 20; event += 1) await desk.raise()
    await desk.drained()
    await desk.put(id, { Active: true })
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 0, Active: true })

    let most = 0
    let answered = 0
    const waiting: (() => void)[] = []
    const letGo = () => {
      for (const answer of waiting.splice(0)) answer()
    }
    desk.heard.length = 0
    desk.answerWith((_request, response) => {
      const status = desk.heard.length < 3 ? 500 : 200
      waiting.push(() => {
        answered += 1
        response.writeHead(status).end()
      })
      most = Math.max(most, waiting.length)
      // the first three come alone; the others wait for each other, as far as there are any
      const together = answered < 3 ? 1 : Math.max(1, Math.min(4, 21 - answered))
      if (waiting.length === together) setTimeout(letGo, 20)
    })
    const replayed = await desk.admin.post(`/sandbox/webhooks/${id}/parked`, { act: 'replay' })
    expect(await replayed.json()).toEqual({ settled: 20 })
    await desk.raise()
    await desk.drained()
    // the first two failed, one after another; only the success of the third released the others
    const [first, second, third, fourth] = await desk
      .attemptsOf(id)
      .then((rows) => rows.slice(-21).map(({ state }) => state))
    expect([first, second, third, fourth]).toEqual(['failed', 'failed', 'succeeded', 'succeeded'])
    expect(most).toBe(4)
    await desk.pass(MINUTE)
    expect(await desk.statesOf(id)).toEqual({ delivered: 21 })
  }))

test('deliveries that wait when a person pauses are parked, and can be dropped', () =>
  withWebhook(async (id) => {
    await desk.raise()
    await desk.drained()
    expect(await desk.statesOf(id)).toEqual({ retry: 1 })
    await desk.put(id, { Active: false })
    expect(await desk.statesOf(id)).toEqual({ parked: 1 })
    const early = await desk.admin.post(`/sandbox/webhooks/${id}/parked`, { act: 'replay' })
    expect(early.status).toBe(400)
    await desk.admin.post(`/sandbox/webhooks/${id}/parked`, { act: 'drop' })
    expect(await desk.statesOf(id)).toEqual({ dead: 1 })
  }))

test('a paused webhook gets no event, and events during the pause are not kept', () =>
  withWebhook(
    async (id) => {
      expect((await desk.raise()).Deliveries).toEqual([])
      await desk.put(id, { Active: true })
      await desk.drained()
      expect(desk.heard).toEqual([])
    },
    { Active: false },
  ))

test('deleting a webhook ends its waiting deliveries', async () => {
  const id = await desk.makeWebhook()
  await desk.raise()
  await desk.drained()
  await desk.admin.delete(`/api/sys/webhooks/${id}`)
  expect(await desk.statesOf(id)).toEqual({ dead: 1 })
  await desk.pass(HOUR)
  expect(desk.heard).toHaveLength(1)
})

test("a waiting delivery goes to the webhook's new URL", () =>
  withWebhook(async (id) => {
    await desk.raise()
    await desk.drained()
    await desk.put(id, { URL: desk.url('/mended') })
    desk.answerStatus(200)
    await desk.pass(MINUTE)
    expect(desk.heard.map(({ path }) => path)).toEqual(['/in', '/mended'])
    expect(await desk.statesOf(id)).toEqual({ delivered: 1 })
  }))

test('sending a delivery again begins a new series, with the same bytes', () =>
  withWebhook(async (id) => {
    desk.answerStatus(410)
    await desk.raise()
    await desk.drained()
    expect(await desk.statesOf(id)).toEqual({ dead: 1 })
    desk.answerStatus(200)
    const [delivery] = await desk.deliveriesOf(id)
    await desk.admin.post(`/sandbox/deliveries/${delivery?.id}/again`, {})
    await desk.drained()
    expect(await desk.statesOf(id)).toEqual({ delivered: 1 })
    expect(desk.heard[1]?.body).toBe(desk.heard[0]?.body)
  }))

test('a claim of a dead process is closed as unknown, does not count, and is sent again', () =>
  withWebhook(async (id) => {
    const { at, free } = { at: () => desk.clock.now(), free: 64 }
    await desk.stop()
    await desk.raise()
    // claimed by a process that is never heard of again
    const [claimed] = await claimDue(desk.db, free, at())
    desk.answerStatus(200)
    desk.start()
    await desk.pass(59_000)
    expect(await takeBackClaims(desk.db, at(), at())).toBe(0)
    expect(await desk.statesOf(id)).toEqual({ claimed: 1 })

    await desk.pass(2_000)
    expect(await takeBackClaims(desk.db, at(), at())).toBe(1)
    await desk.drained()
    expect((await desk.attemptsOf(id)).map(({ state }) => state)).toEqual(['unknown', 'succeeded'])
    expect(await desk.statesOf(id)).toEqual({ delivered: 1 })

    // the dead process comes back after all, but its result no longer matters
    const result = {
      isDelivered: false,
      failure: 'timeout',
      message: '',
      measured: { totalMs: 1 },
    } as const
    const rules = { pace: 'full', goneStops: false, failureLimit: 10, successResets: true } as const
    if (claimed) await settle(desk.db, [{ claimed, result, at: at() }], rules, async () => {})
    expect(await desk.wireOf(id)).toMatchObject({ ErrorCount: 0 })
    expect(await desk.statesOf(id)).toEqual({ delivered: 1 })
  }))

test('old finished deliveries are deleted, waiting ones are kept', () =>
  withWebhook(async (id) => {
    desk.answerStatus(200)
    await desk.raise()
    await desk.drained()
    desk.answerStatus(500)
    await desk.raise()
    await desk.drained()
    await forgetFinished(desk.db, new Date(desk.clock.now().getTime() + 1))
    expect(await desk.statesOf(id)).toEqual({ retry: 1 })
    expect(await desk.attemptsOf(id)).toHaveLength(1)
    desk.answerStatus(200)
    await desk.pass(MINUTE)
    expect(await desk.statesOf(id)).toEqual({ delivered: 1 })
  }))

test("hundreds of waiting deliveries of a webhook on trial hide nobody else's", () =>
  withWebhook(async (id) => {
    for (let event = 0; event < 12; event += 1) await desk.raise()
    await desk.drained()
    await desk.put(id, { Active: true })
    // enough to fill every look at the due deliveries
    const [event] = await desk.deliveriesOf(id)
    await desk.db.insert(deliveries).values(
      Array.from({ length: 1_200 }, () => ({
        eventId: event?.eventId ?? 0,
        webhookId: id,
        state: 'queued' as const,
        nextAttemptAt: new Date(desk.clock.now().getTime() - HOUR),
      })),
    )
    // the delivery on trial ends only when the test releases it
    const held: ServerResponse[] = []
    desk.answerWith((request, response) => {
      if (request.url === '/good') response.end()
      else held.push(response)
    })
    const good = await desk.makeWebhook({ URL: desk.url('/good'), Action: ACTION.FloorPlanUpdate })
    await desk.raise({ Action: ACTION.FloorPlanUpdate })
    const all = desk.drained()
    await expect.poll(() => desk.statesOf(good)).toEqual({ delivered: 1 })
    expect(held).toHaveLength(1)
    await desk.admin.delete(`/api/sys/webhooks/${good}`)
    await desk.admin.delete(`/api/sys/webhooks/${id}`)
    for (const response of held) response.end()
    await all
  }))

test('deliveries under way when their webhook is deleted end dead, also after a crash', () =>
  withWebhook(async (id) => {
    await desk.stop()
    await desk.raise()
    await desk.raise()
    const [first, second] = await claimDue(desk.db, 64, desk.clock.now())
    await desk.admin.delete(`/api/sys/webhooks/${id}`)
    const rules = { pace: 'full', goneStops: false, failureLimit: 10, successResets: true } as const
    const timeout = { isDelivered: false, failure: 'timeout', message: '' } as const
    const result = { ...timeout, measured: { totalMs: 1 } }
    const at = desk.clock.now()
    if (first) await settle(desk.db, [{ claimed: first, result, at }], rules, async () => {})
    expect(second).toBeDefined()
    await takeBackClaims(desk.db, 'all', at)
    desk.start()
    await desk.drained()
    expect(await desk.statesOf(id)).toEqual({ dead: 2 })
  }))
