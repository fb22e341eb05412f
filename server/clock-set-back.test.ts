import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, beforeAll, expect, test } from 'vitest'

import { openTestDatabase } from '#platform/db/test-database.ts'
import { openQueue } from '#platform/queue/queue.ts'
import { draft } from '#server/changes/test-draft.ts'
import { runItems, runs as runRows, seen, turns } from '#server/db/tables.ts'
import { createProbeLimits } from '#server/probes/probe-limits.ts'
import { runsOf } from '#server/runs/test-runs.ts'

import { openTestDesk, PATIENT, type TestDesk } from './testing/test-desk.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk({ limits: PATIENT })
  await desk.work()
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

async function signedIn(source: string = crypto.randomUUID()) {
  const visitor = desk.visitor(source)
  expect((await visitor.signIn('admin@hookdesk.test')).status).toBe(200)
  return visitor
}

const list = '/api/sys/webhooks?size=1'

test('a session ends when the clock is set back a day, instead of lasting another day', async () => {
  const visitor = await signedIn()
  desk.clock.pass(-DAY)
  expect((await visitor.request(list)).body.code).toBe('session_expired')
})

test('a session that began while the clock was a day ahead ends when the clock is corrected', async () => {
  desk.clock.pass(DAY)
  const visitor = await signedIn()
  expect((await visitor.request(list)).status).toBe(200)
  desk.clock.pass(-DAY)
  expect((await visitor.request(list)).body.code).toBe('session_expired')
})

test('setting the clock back ten minutes ends no session, and rights are read again', async () => {
  const visitor = await signedIn()
  desk.clock.pass(-10 * MINUTE)
  await desk.startCounting()
  expect((await visitor.request('/desk/history')).status).toBe(200)
  expect(await desk.calls()).toContain('GET /api/auth/me')
  desk.clock.pass(31 * MINUTE)
  expect((await visitor.request(list)).body.code).toBe('session_expired')
})

test('a sign-in throttle ends when the clock is set back', async () => {
  const guesser = desk.visitor('a source of its own')
  const email = 'manager@hookdesk.test'
  for (let tries = 0; tries < 5; tries += 1) await guesser.signIn(email, { password: 'wrong' })
  expect((await guesser.signIn(email)).body.code).toBe('sign_in_throttled')
  desk.clock.pass(-DAY)
  expect((await guesser.signIn(email)).status).toBe(200)
})

test('probes noted by a clock that was ahead do not block new probes', async () => {
  const limits = createProbeLimits(desk.db, desk.clock.now)
  const check = () => limits.within('ana@example.com', 'one.example', () => Promise.resolve('ok'))
  for (let checks = 0; checks < 5; checks += 1) await check()
  await expect(check()).rejects.toMatchObject({ code: 'probe_throttled' })
  desk.clock.pass(-DAY)
  expect(await check()).toBe('ok')
})

test('the turn of a dead process ends when the clock is set back', async () => {
  const { Id } = (await (await signedIn()).create(draft())).body.webhook
  const claimedUntil = new Date(desk.clock.now().getTime() + 25_000)
  await desk.db.insert(turns).values({ webhookId: Id, claim: 'of a dead one', claimedUntil })
  desk.clock.pass(-DAY)
  const visitor = await signedIn()
  expect((await visitor.change(Id, { seen: {}, change: { Active: false } })).status).toBe(200)
})

test('a write that may still arrive does not block others for a day', async () => {
  const before = await signedIn()
  const { Id } = (await before.create(draft())).body.webhook
  await desk.fault({ kind: 'drop', method: 'PUT' })
  await before.change(Id, { seen: {}, change: { Active: false } })
  const rename = { seen: {}, change: { Name: 'By the second' } }
  expect((await before.change(Id, rename)).body.code).toBe('in_progress')
  desk.clock.pass(-DAY)
  expect((await (await signedIn()).change(Id, rename)).status).toBe(200)
})

test('a key that a dead process was working on is taken over', async () => {
  const before = await signedIn()
  const [input, key] = [draft(), crypto.randomUUID()]
  await desk.fault({ kind: 'error', method: 'POST', path: '/api/sys/webhooks' })
  await before.create(input, key)
  await desk.db.execute(sql`
    update desk.intents set claimed_until = ${new Date(desk.clock.now().getTime() + 25_000).toISOString()}
    where state = 'started'`)
  expect((await before.create(input, key)).body.code).toBe('in_progress')
  desk.clock.pass(-DAY)
  expect((await (await signedIn()).create(input, key)).status).toBe(200)
})

test.each([
  ['back', -20 * MINUTE],
  ['forward', 20 * MINUTE],
])(
  'a run continues when the clock is set %s while its session is valid',
  async (_where, ms) => {
    const visitor = await signedIn()
    const { Id } = (await visitor.create(draft())).body.webhook
    const runs = runsOf(visitor)
    const change = { kind: 'change' as const, webhookId: Id, change: { Active: false } }
    const { id } = await runs.propose([change])
    const ahead = (spanMs: number) => new Date(desk.clock.now().getTime() + spanMs)
    const dead = { claim: 'of a dead one', claimedUntil: ahead(25_000), state: 'running' as const }
    await desk.db
      .update(runItems)
      .set({ notBefore: ahead(5_000) })
      .where(eq(runItems.runId, id))
    await desk.db.update(runRows).set(dead).where(eq(runRows.id, id))

    desk.clock.pass(ms)
    const next = desk.openAnother()
    await next.work()
    expect((await runs.until(id, 'finished')).counts.done).toBe(1)
    await next.stop()
  },
  120_000,
)

test('webhooks seen by a clock that was ahead do not hide new observations', async () => {
  const at = desk.clock.now()
  const row = { webhookId: 7, at: new Date(at.getTime() + DAY), firstAt: at, record: {} }
  await desk.db.insert(seen).values(row)
  await desk.tidy()
  const [after] = await desk.db.select().from(seen).where(eq(seen.webhookId, 7))
  expect(after?.at).toEqual(new Date(at.getTime() - 60 * MINUTE))
})

test('a queue job noted a day ahead comes now, and does not block others with its key', async () => {
  const database = await openTestDatabase()
  const onError = (error: unknown) => expect(error).toBeUndefined()
  const open = () => openQueue({ ...database, names: ['look'], onError })
  const before = await open()
  await before.send('look', {}, { at: new Date(Date.now() + 1_000), key: 'one' })
  await before.stop()
  await database.db.execute(sql`
    update pgboss.job set start_after = start_after + interval '1 day',
      created_on = created_on + interval '1 day'`)

  const after = await open()
  const looked = new Promise<void>((resolve) => {
    void after.work('look', () => Promise.resolve(resolve()))
  })
  await looked
  await after.stop()
  await database.close()
}, 120_000)
