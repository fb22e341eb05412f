import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { hourOf, withFiring, writtenBits, type Firings } from './firings.ts'
import { firings, transitions, watched } from './tables.ts'

const HOUR = 3_600_000

const WEEKS = 5

let desk: TestDesk
let admin: Visitor
/** The desk after a restart, which knows only what was stored. */
let again: ReturnType<TestDesk['openAnother']>
let id = 0
beforeEach(async () => {
  desk = await openTestDesk({ watches: true })
  await desk.addRecipients()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  id = (await desk.anyWorking()).id
  await desk.store(id, { name: 'Door codes', lastTrigger: wire(desk.clock.now()) })
  await desk.lookAndTell()
  await firedEveryHour(id)
  again = desk.openAnother()
})
afterEach(async () => {
  await again.stop()
  await desk.close()
})

const wire = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z')

/** The watch has seen it fire in each hour of some weeks. */
async function firedEveryHour(webhookId: number) {
  const present = hourOf(desk.clock.now().getTime())
  let known: Firings | undefined
  for (let hour = present - WEEKS * 168; hour <= present; hour += 1) known = withFiring(known, hour)
  const { week, bits } = known ?? withFiring(undefined, present)
  const row = { webhookId, week, bits: writtenBits(bits) }
  await desk.db
    .insert(firings)
    .values(row)
    .onConflictDoUpdate({ target: firings.webhookId, set: row })
}

async function lookAfter(ms: number) {
  desk.clock.pass(ms)
  await again.look()
  await again.sendNotices()
}

const known = async () => (await desk.db.select().from(watched).where(eq(watched.webhookId, id)))[0]

const kinds = async () =>
  (
    await desk.db
      .select()
      .from(transitions)
      .where(eq(transitions.webhookId, id))
      .orderBy(transitions.id)
  ).map(({ kind }) => kind)

const subjects = async () => (await desk.mails()).map(({ subject }) => subject).toReversed()

test('a silence is found, told at the second look, seen by everyone, and over with the next firing', async () => {
  await lookAfter(3 * HOUR)
  expect(await known()).toMatchObject({ health: 'working', silence: null })
  await lookAfter(12 * HOUR)
  expect(await known()).toMatchObject({ health: 'quiet', silence: { by: 'usual', hours: 14 } })
  expect(await subjects()).toHaveLength(1)
  await lookAfter(60_000)
  const [, told] = await subjects()
  expect(told).toMatch(/^Quiet: “Door codes” \(Northlight .+\)$/)
  const [{ text } = { text: '' }] = await desk.mails()
  expect(text).toContain('it usually fires in about 14 of the hours since then')
  expect(text).not.toContain('failures in a row')

  // the session of the morning is over
  await admin.signIn('admin@hookdesk.test')
  const facts = await admin.request(`/desk/facts?webhook=${id}`)
  expect(facts.body.facts[id]).toMatchObject({ silent: { by: 'usual', hours: 14 } })
  const board = await admin.request('/desk/attention')
  expect(board.body).toMatchObject({
    counts: { quiet: 1 },
    incidents: expect.arrayContaining([
      expect.objectContaining({ kind: 'quiet', step: 'quiet', count: 1 }),
    ]),
  })

  await desk.store(id, { lastTrigger: wire(desk.clock.now()) })
  await lookAfter(60_000)
  expect(await known()).toMatchObject({ health: 'working', silence: null })
  await lookAfter(60_000)
  expect(await subjects()).toMatchObject([{}, {}, expect.stringMatching(/^Working again: “Door/)])
  expect(await kinds()).toEqual(['quiet', 'fired', 'recovered'])
})

test('one that is paused meanwhile is paused, and on watch when it is resumed', async () => {
  await lookAfter(15 * HOUR)
  await admin.signIn('admin@hookdesk.test')
  await admin.change(id, { seen: { Active: true }, change: { Active: false } })
  await lookAfter(60_000)
  expect(await known()).toMatchObject({ health: 'paused', silence: null })
  await admin.change(id, { seen: { Active: false }, change: { Active: true } })
  await lookAfter(15 * HOUR)
  expect(await known()).toMatchObject({ health: 'on-watch' })
  expect((await subjects()).slice(1)).toEqual([])
})

test('one that fails when it fires again is no longer quiet, and its failures are told', async () => {
  await lookAfter(15 * HOUR)
  await lookAfter(60_000)
  await desk.store(id, { lastTrigger: wire(desk.clock.now()), errorCount: 8, lastError: 'Timeout' })
  await lookAfter(60_000)
  expect(await known()).toMatchObject({ health: 'about-to-stop', silence: null })
  expect((await subjects()).slice(1)).toEqual([
    expect.stringMatching(/^Quiet/),
    expect.stringMatching(/will be switched off after 2 more failures$/),
  ])
})

test('a look at another time of the same hour asks nothing of the silences again', async () => {
  await lookAfter(15 * HOUR)
  const before = await known()
  await lookAfter(60_000)
  expect(await known()).toEqual(before)
})

test('firings of webhooks that are gone are forgotten', async () => {
  expect(await desk.db.select().from(firings).where(eq(firings.webhookId, id))).toHaveLength(1)
  await desk.atNexudus({ role: 'WebHook-Edit', method: 'DELETE', path: `/api/sys/webhooks/${id}` })
  await lookAfter(60_000)
  await lookAfter(60_000)
  expect(await desk.db.select().from(firings).where(eq(firings.webhookId, id))).toEqual([])
})
