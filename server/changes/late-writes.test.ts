import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { webhookSchema, type Webhook } from '#contract/nexudus/webhook.ts'
import { LIMITS } from '#server/nexudus/call.ts'
import { countsOf, runsOf } from '#server/runs/test-runs.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

const PATH = '/api/sys/webhooks'
const HOUR = 60 * 60_000
const WITHIN_MS = 60_000

let desk: TestDesk
let admin: Visitor
let other: Visitor
beforeAll(async () => {
  const limits = { firstByteMs: 2_000, totalMs: 10_000, maxBytes: 8 * 1024 * 1024 }
  desk = await openTestDesk({ limits })
  await desk.work()
  admin = desk.visitor()
  admin.takeCookie(await signedIn('admin@hookdesk.test'))
  other = desk.openAnother().visitor()
  const totp = await (await fetch(`${desk.sandboxUrl}/sandbox/totp`)).text()
  other.takeCookie(await signedIn('totp@hookdesk.test', { totp }))
})

/** Signs in through a patient desk: on a busy machine, checking a password takes long. */
async function signedIn(email: string, more = {}) {
  const visitor = desk.openAnother({ limits: LIMITS }).visitor()
  expect((await visitor.signIn(email, more)).status).toBe(200)
  return visitor.cookie()
}
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

const newKey = () => crypto.randomUUID()
const made = async (more = {}) => (await admin.create(draft(more))).body.webhook
const times = async (what: string) => (await desk.calls()).filter((call) => call === what).length
async function atNexudus(id: number): Promise<Webhook> {
  const { json } = await desk.atNexudus({
    method: 'GET',
    path: `${PATH}/${id}`,
    role: 'WebHook-Read',
  })
  return webhookSchema.parse(json)
}
const kinds = async (id: number) => (await desk.history(id)).map(({ kind, by }) => [kind, by])

const hold = (method: string) => desk.fault({ kind: 'late', method, delayMs: HOUR })

/** Waits until the withheld write has arrived. */
async function arrive(id: number, is: (webhook: Webhook) => boolean) {
  await desk.startCounting()
  await expect.poll(async () => is(await atNexudus(id)), { timeout: 60_000 }).toBe(true)
}

const pause = { seen: { Active: true }, change: { Active: false } }
const resume = { seen: {}, change: { Active: true } }
const rename = { seen: {}, change: { Name: 'By the second' } }
const ANA = 'admin@hookdesk.test'
const TIM = 'totp@hookdesk.test'

test('while a change may still arrive, nobody can write anything else to its webhook', async () => {
  const { Id } = await made()
  await hold('PUT')
  const sentAt = desk.clock.now().toISOString()
  const first = await admin.change(Id, pause)
  expect([first.status, first.body.outcome]).toEqual([504, 'unsaved'])

  const until = new Date(desk.clock.now().getTime() + WITHIN_MS).toISOString()
  const seconds = [
    await admin.change(Id, rename),
    await other.change(Id, rename),
    // it still seems to be on, but would not be for long
    await other.change(Id, resume),
    await other.remove(Id, {}),
  ]
  for (const { status, body } of seconds) {
    expect([status, body.code, body.reason, body.outcome]).toEqual([
      409,
      'in_progress',
      'late_write',
      undefined,
    ])
    expect(body.mayArrive).toEqual({ kind: 'change', by: ANA, sentAt, until })
    expect(body.retryAfterMs).toBe(5_000)
  }
  expect(await times(`PUT ${PATH}`)).toBe(1)
  expect(await times(`DELETE ${PATH}/${Id}`)).toBe(0)

  await arrive(Id, ({ Active }) => !Active)
  const after = await other.change(Id, rename)
  expect([after.status, after.body.webhook.Active]).toEqual([200, false])
  expect(await kinds(Id)).toEqual([
    ['create', ANA],
    ['change', ANA],
    ['change', TIM],
  ])
})

test('a retry under the same key finds the change that arrived, and does not send it twice', async () => {
  const { Id } = await made()
  const key = newKey()
  await hold('PUT')
  await admin.change(Id, pause, key)
  const early = await admin.change(Id, pause, key)
  expect([early.status, early.body.code, early.body.outcome]).toEqual([
    409,
    'in_progress',
    'unsaved',
  ])
  expect(await times(`PUT ${PATH}`)).toBe(1)

  await arrive(Id, ({ Active }) => !Active)
  const again = await admin.change(Id, pause, key)
  expect([again.status, again.body.webhook.Active]).toEqual([200, false])
  expect(await times(`PUT ${PATH}`)).toBe(0)
  expect(await kinds(Id)).toEqual([
    ['create', ANA],
    ['change', ANA],
  ])
})

test('other values under the same key wait, too, and then show the change that arrived', async () => {
  const { Id } = await made()
  const key = newKey()
  await hold('PUT')
  await admin.change(Id, { seen: {}, change: { Name: 'The first' } }, key)
  const second = { seen: {}, change: { Name: 'The second' } }
  expect((await admin.change(Id, second, key)).body.code).toBe('in_progress')

  await arrive(Id, ({ Name }) => Name === 'The first')
  const { status, body } = await admin.change(Id, second, key)
  expect([status, body.code, body.current?.Name]).toEqual([422, 'key_reused', 'The first'])
  expect(await kinds(Id)).toEqual([
    ['create', ANA],
    ['change', ANA],
  ])
  expect((await admin.change(Id, second)).body.webhook.Name).toBe('The second')
})

test('once a change can no longer arrive, the next one is written', async () => {
  const { Id } = await made()
  await hold('PUT')
  await admin.change(Id, pause)
  desk.clock.pass(WITHIN_MS - 1)
  expect((await other.change(Id, rename)).body.retryAfterMs).toBe(1)
  desk.clock.pass(1)
  expect((await other.change(Id, rename)).status).toBe(200)
})

test('a deletion that may still arrive prevents a switch-on until it is seen', async () => {
  const { Id, Name } = await made({ Active: false })
  const key = newKey()
  await hold('DELETE')
  const first = await admin.remove(Id, {}, key)
  expect([first.status, first.body.outcome]).toEqual([504, 'unsaved'])

  const second = await other.change(Id, resume)
  expect([second.status, second.body.code]).toEqual([409, 'in_progress'])
  expect(second.body.mayArrive).toMatchObject({ kind: 'deletion', by: ANA })
  expect(second.body.reason).toBe('late_write')
  expect((await admin.remove(Id, {}, key)).body.code).toBe('in_progress')
  expect(await times(`DELETE ${PATH}/${Id}`)).toBe(1)

  await desk.startCounting()
  await expect.poll(async () => (await desk.recordsNamed(Name)).length, { timeout: 60_000 }).toBe(0)
  expect((await other.change(Id, resume)).status).toBe(404)
  expect(await kinds(Id)).toEqual([
    ['create', ANA],
    ['delete', ANA],
  ])
  expect((await admin.remove(Id, {}, key)).status).toBe(200)
  expect(await kinds(Id)).toHaveLength(2)
})

test.each(['drop', 'lost_answer'] as const)(
  'after a broken connection (%s) the same write may be repeated at once, others wait',
  async (kind) => {
    const { Id } = await made()
    const key = newKey()
    await desk.fault({ kind: 'drop', method: 'PUT' })
    expect((await admin.change(Id, pause, key)).body.outcome).toBe('unsaved')
    expect((await other.change(Id, rename)).body.code).toBe('in_progress')

    if (kind === 'lost_answer') await desk.fault({ kind, method: 'PUT' })
    expect((await admin.change(Id, pause, key)).status).toBe(200)
    // the first may still arrive, and overwrite what was sent after the second
    const early = await admin.change(Id, resume)
    expect(early.body.mayArrive).toMatchObject({ kind: 'change', by: ANA })
    desk.clock.pass(WITHIN_MS)
    expect((await admin.change(Id, resume)).body.webhook.Active).toBe(true)
  },
)

test('a write that was answered, or never sent, delays nobody', async () => {
  const { Id } = await made()
  for (const kind of ['error', 'refuse', 'lost_answer'] as const) {
    await desk.fault({ kind, method: 'PUT' })
    await admin.change(Id, { seen: {}, change: { Description: kind } })
    expect((await other.change(Id, { seen: {}, change: { Name: kind } })).status).toBe(200)
  }
})

test('a write delays others, too, if a gateway stopped waiting for it', async () => {
  const { Id } = await made()
  await desk.fault({ kind: 'error', status: 504, method: 'PUT' })
  expect((await admin.change(Id, pause)).status).toBe(502)
  expect((await other.change(Id, rename)).body.mayArrive).toMatchObject({ by: ANA })
})

test('a change that a dying process may have sent delays others', async () => {
  const { Id } = await made()
  await hold('PUT')
  const dying = admin.change(Id, pause)
  await expect.poll(() => times(`PUT ${PATH}`), { timeout: 60_000 }).toBe(1)

  const next = desk.openAnother()
  await next.releaseClaims()
  const visitor = next.visitor()
  visitor.takeCookie(other.cookie())
  expect((await visitor.change(Id, rename)).body.mayArrive).toMatchObject({ by: ANA })
  await dying
})

test('a create that was found in the end does not delay changes of its webhook', async () => {
  const key = newKey()
  const input = draft()
  await hold('POST')
  expect((await admin.create(input, key)).status).toBe(504)
  await desk.startCounting()
  await expect.poll(() => desk.recordsNamed(input.Name), { timeout: 60_000 }).toHaveLength(1)
  const { Id } = (await admin.create(input, key)).body.webhook
  expect((await admin.change(Id, pause)).status).toBe(200)
})

test('a run does its other items first, reports its wait, and continues in time', async () => {
  const [one, two] = [await made(), await made()]
  const runs = runsOf(other)
  const change = { Description: 'By the run' }
  const { id } = await runs.propose(
    [one, two].map(({ Id }) => ({ kind: 'change' as const, webhookId: Id, change })),
  )
  await hold('PUT')
  await admin.change(one.Id, pause)
  await runs.start(id)
  await expect.poll(async () => (await runs.get(id)).wait?.for, { timeout: 60_000 }).toBe('turn')
  expect(countsOf(await runs.get(id))).toEqual({ ready: 1, done: 1 })
  expect((await atNexudus(two.Id)).Description).toBe('By the run')

  await arrive(one.Id, ({ Active }) => !Active)
  desk.clock.pass(5_000)
  const run = await runs.until(id, 'finished')
  expect(countsOf(run)).toEqual({ done: 2 })
  expect(await atNexudus(one.Id)).toMatchObject({ Active: false, Description: 'By the run' })
  expect(await kinds(one.Id)).toEqual([
    ['create', ANA],
    ['change', ANA],
    ['change', TIM],
  ])
})

test('an item of a run without an answer is not sent twice, and others wait for it', async () => {
  const { Id } = await made()
  const runs = runsOf(other)
  const { id } = await runs.propose([{ kind: 'change', webhookId: Id, change: { Active: false } }])
  await hold('PUT')
  await runs.start(id)
  await expect.poll(async () => (await runs.get(id)).wait?.for, { timeout: 60_000 }).toBe('turn')
  expect(await times(`PUT ${PATH}`)).toBe(1)
  expect((await admin.change(Id, rename)).body.mayArrive).toMatchObject({ by: TIM })

  await arrive(Id, ({ Active }) => !Active)
  desk.clock.pass(5_000)
  expect(countsOf(await runs.until(id, 'finished'))).toEqual({ done: 1 })
  expect(await times(`PUT ${PATH}`)).toBe(0)
  const entries = await desk.history(Id)
  expect(entries.map(({ kind, runId }) => [kind, runId])).toEqual([
    ['create', null],
    ['change', id],
  ])
})
