import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { healthOf, type Facts } from '#contract/nexudus/health.ts'
import { webhookRowSchema, type WebhookInput } from '#contract/nexudus/webhook.ts'
import { webhooks } from '#sandbox/db/tables.ts'
import { draft } from '#server/changes/test-draft.ts'
import { seen } from '#server/db/tables.ts'
import { runsOf } from '#server/runs/test-runs.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

let desk: TestDesk
let admin: Visitor
let manager: Visitor
let viewer: Visitor
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  manager = desk.visitor()
  viewer = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  await manager.signIn('manager@hookdesk.test')
  await viewer.signIn('viewer@hookdesk.test')
})
afterAll(() => desk.close())

const MINUTE = 60_000
const PATIENT = { timeout: 60_000 }
const LISBON = 1_400_000_005
const BEFORE = '2026-03-02T09:14:07.1134521Z'
const AFTER = '2026-03-02T15:30:00.0000000Z'

type Raw = Record<string, unknown> & { Id: number }

const made = async (more: Partial<WebhookInput> = {}): Promise<Raw> =>
  (await admin.create(draft(more))).body.webhook

/** The effect of deliveries, which change the record without the desk, as in Nexudus. */
const become = (id: number, values: Partial<typeof webhooks.$inferInsert>) =>
  desk.db.update(webhooks).set(values).where(eq(webhooks.id, id))

const read = async (id: number): Promise<Raw> =>
  (await admin.request(`/api/sys/webhooks/${id}`)).body

async function factsOf(id: number, by = admin): Promise<Facts | undefined> {
  return (await by.request('/desk/facts')).body.facts[id]
}

/** The health that the app shows, from the current record and facts. */
async function stateOf(id: number) {
  const record = webhookRowSchema.parse(await read(id))
  const facts = (await factsOf(id)) ?? {}
  return healthOf(record, facts, desk.clock.now().getTime())
}

const switchTo = (id: number, Active: boolean, by = admin) =>
  by.change(id, { seen: {}, change: { Active } })

test('a pause is known to everybody who may see the webhook, and to other processes', async () => {
  const { Id } = await made()
  expect(await factsOf(Id)).toBeUndefined()
  const { body } = await switchTo(Id, false, manager)
  const paused = {
    switched: {
      isOn: false,
      isNew: false,
      isElsewhere: false,
      isRecounted: false,
      by: 'manager@hookdesk.test',
      at: desk.clock.now().toISOString(),
      errorCount: 0,
      lastTrigger: null,
    },
  }
  expect(body.facts).toEqual(paused)
  expect(await stateOf(Id)).toMatchObject({ state: 'paused' })

  const other = desk.openAnother().visitor()
  other.takeCookie(admin.cookie())
  for (const person of [admin, manager, viewer, other]) {
    expect(await factsOf(Id, person)).toEqual(paused)
  }
})

test('facts about webhooks at other locations are hidden, as in the history', async () => {
  const { Id } = await made({ BusinessId: LISBON })
  await switchTo(Id, false)
  expect(await factsOf(Id)).toBeDefined()
  expect(await factsOf(Id, manager)).toBeUndefined()
  expect((await manager.request(`/desk/history?webhook=${Id}`)).body.entries).toEqual([])
})

test('a later change at a location out of reach makes earlier facts invalid', async () => {
  const { Id, BusinessId } = await made()
  await switchTo(Id, false)
  expect(await factsOf(Id, manager)).toBeDefined()
  await admin.change(Id, { seen: {}, change: { BusinessId: LISBON, Active: true } })
  await admin.change(Id, { seen: {}, change: { BusinessId: Number(BusinessId) } })
  expect(await factsOf(Id, manager)).toBeUndefined()
})

test('a stopped webhook that is switched on is on watch until it fires or fails', async () => {
  const { Id } = await made()
  await become(Id, { active: false, errorCount: 10, lastTrigger: BEFORE })
  await desk.switches({ resumeResets: 'no' })
  expect(await stateOf(Id)).toEqual({ state: 'stopped', failures: 10 })

  const { body } = await switchTo(Id, true)
  expect(body.facts.switched).toMatchObject({ isOn: true, errorCount: 10, lastTrigger: BEFORE })
  expect(await stateOf(Id)).toEqual({ state: 'on-watch', failures: 0 })

  await become(Id, { errorCount: 11 })
  expect(await stateOf(Id)).toEqual({ state: 'failing', failures: 1 })
  await become(Id, { errorCount: 0, lastTrigger: AFTER })
  expect(await stateOf(Id)).toEqual({ state: 'working', failures: 0 })
})

test('a webhook with a new URL is on watch, and its count belongs to the old URL', async () => {
  const { Id } = await made()
  await become(Id, { errorCount: 4, lastTrigger: BEFORE })
  const URL = 'https://new.example.com/'
  const { body } = await admin.change(Id, { seen: {}, change: { URL } })
  expect(body.facts.readdressed).toMatchObject({ errorCount: 4, by: 'admin@hookdesk.test' })
  expect(await stateOf(Id)).toEqual({ state: 'on-watch', failures: 0 })
})

test('a webhook whose count was reset and rises again is failing', async () => {
  const { Id } = await made()
  await become(Id, { errorCount: 4, lastTrigger: BEFORE })
  await admin.change(Id, { seen: {}, change: { URL: 'https://new.example.com/' } })
  desk.clock.pass(MINUTE)
  await become(Id, { errorCount: 0, lastTrigger: AFTER })
  await read(Id)
  const isRecounted = async () => (await factsOf(Id))?.readdressed?.isRecounted
  await expect.poll(isRecounted, PATIENT).toBe(true)
  await become(Id, { errorCount: 4, lastTrigger: AFTER })
  expect(await stateOf(Id)).toEqual({ state: 'failing', failures: 4 })
})

test('a pause that somebody undid elsewhere is no longer a fact', async () => {
  const { Id } = await made()
  await switchTo(Id, false)
  await read(Id)
  const isSeen = async () =>
    (await desk.db.select().from(seen).where(eq(seen.webhookId, Id))).length
  await expect.poll(isSeen, PATIENT).toBe(1)
  for (const active of [true, false]) {
    desk.clock.pass(MINUTE)
    await become(Id, { active })
    await read(Id)
    const switched = async () => (await factsOf(Id))?.switched
    await expect.poll(switched, PATIENT).toMatchObject({ isOn: active, isElsewhere: true })
  }
  expect(await stateOf(Id)).toMatchObject({ state: 'off' })
})

test('changes by a run and its undo count like changes by a person', async () => {
  const { Id } = await made()
  const runs = runsOf(admin)
  const run = await runs.propose([{ kind: 'change', webhookId: Id, change: { Active: false } }])
  await desk.work()
  await runs.finish(run.id)
  expect(await stateOf(Id)).toMatchObject({ state: 'paused' })
  await become(Id, { lastTrigger: BEFORE })
  await runs.finish((await runs.undo(run.id)).id)
  expect((await factsOf(Id))?.switched).toMatchObject({ isOn: true, by: 'admin@hookdesk.test' })
  expect(await stateOf(Id)).toMatchObject({ state: 'on-watch' })
})

test('a webhook created switched off has that fact, and a deleted one has none', async () => {
  const { Id, Name, URL } = await made({ Active: false })
  expect((await factsOf(Id))?.switched).toMatchObject({ isNew: true, isOn: false })
  expect(await stateOf(Id)).toMatchObject({ state: 'off' })
  await admin.remove(Id, { Name: String(Name), URL: String(URL) })
  expect(await factsOf(Id)).toBeUndefined()
})

test('a deletion names the entry that reverts it, and the revert answers with the facts', async () => {
  const { Id, Name, URL } = await made()
  const { body } = await admin.remove(Id, { Name: String(Name), URL: String(URL) })
  const answer = await admin.request(`/desk/history/${body.entry}/revert`, {
    method: 'POST',
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  expect(answer.body.webhook).toMatchObject({ Name, URL, Active: false })
  expect(answer.body.facts.switched).toMatchObject({ isNew: true, by: 'admin@hookdesk.test' })
})
