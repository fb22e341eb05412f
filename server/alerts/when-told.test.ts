import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { webhooks } from '#sandbox/db/tables.ts'
import { MID_MORNING_ZONE, openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { incidents, notices, recipients } from './tables.ts'
import { nextTimeAt } from '#server/clock/wall-clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ZONE = MID_MORNING_ZONE

let desk: TestDesk
let admin: Visitor
beforeEach(async () => {
  desk = await openTestDesk({ watches: true })
  await desk.addRecipients()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
afterEach(() => desk.close())

const look = (after = MINUTE) => desk.lookAndTell(after)

/** Looks when it is that time of day. */
async function lookAtTime(time: string) {
  const at = nextTimeAt(desk.clock.now(), { zone: ZONE, time })
  await look(at.getTime() - desk.clock.now().getTime())
}

const subjects = async () => (await desk.mails()).map(({ subject }) => subject).toReversed()

const atNexudus: TestDesk['store'] = (id, change) => desk.store(id, change)

/** A webhook that works, with a destination of its own, in a network where nothing else is wrong. */
async function oneWebhook(): Promise<number> {
  await desk.db.update(webhooks).set({ errorCount: 0, lastError: null })
  const { id } = await desk.anyWorking()
  await atNexudus(id, { url: 'https://door.example.com/', name: 'Door codes' })
  return id
}

const wire = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z')

async function mute(until: Date | null) {
  const [incident] = await desk.db.select().from(incidents).where(eq(incidents.origin, ORIGIN))
  const body = { until: until && until.toISOString() }
  return admin.request(`/desk/incidents/${incident?.id}/mute`, { method: 'POST', body })
}
const ORIGIN = 'https://door.example.com'

const WISHES = {
  isOn: true,
  address: 'admin@hookdesk.test',
  firstStep: '5',
  locations: null,
  zone: ZONE,
  quietFrom: null,
  quietUntil: null,
  digestAt: null,
}

describe('a muted incident', () => {
  test('tells no step before the mute ends, and the one it missed after that', async () => {
    const id = await oneWebhook()
    await look()
    await atNexudus(id, { errorCount: 8 })
    await look()
    const before = await subjects()
    await mute(new Date(desk.clock.now().getTime() + 3 * MINUTE))
    const { body } = await admin.request('/desk/attention')
    expect(body.incidents[0]).toMatchObject({ muted: { by: 'admin@hookdesk.test' } })
    await atNexudus(id, { errorCount: 9 })
    await look()
    await look()
    expect(await subjects()).toEqual(before)
    await look()
    expect((await subjects()).slice(before.length)).toEqual([
      expect.stringContaining('switched off after 1 more failure'),
    ])
  })

  test('tells its end all the same', async () => {
    const id = await oneWebhook()
    await look()
    await atNexudus(id, { errorCount: 9 })
    await look()
    await mute(new Date(desk.clock.now().getTime() + DAY))
    await atNexudus(id, {
      errorCount: 0,
      lastTrigger: wire(new Date(desk.clock.now().getTime() + 1)),
    })
    await look()
    await look()
    expect((await subjects()).at(-1)).toContain('Working again')
  })

  test('has an end in the future, within thirty days, and can be ended', async () => {
    const id = await oneWebhook()
    await look()
    await atNexudus(id, { errorCount: 9 })
    await look()
    const now = desk.clock.now().getTime()
    expect((await mute(new Date(now - 1))).body.reason).toBe('past_time')
    expect((await mute(new Date(now + 31 * DAY))).body.reason).toBe('past_time')
    expect((await mute(new Date(now + DAY))).status).toBe(200)
    expect((await mute(null)).status).toBe(200)
    const { body } = await admin.request('/desk/attention')
    expect(body.incidents[0]).toMatchObject({ muted: null })
  })

  test('is no matter of somebody who sees none of its locations', async () => {
    const id = await oneWebhook()
    await look()
    await atNexudus(id, { errorCount: 9, businessId: 1_400_000_004 })
    await look()
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    const [incident] = await desk.db.select().from(incidents).where(eq(incidents.origin, ORIGIN))
    const body = { until: new Date(desk.clock.now().getTime() + DAY).toISOString() }
    const path = `/desk/incidents/${incident?.id}/mute`
    expect((await manager.request(path, { method: 'POST', body })).status).toBe(404)
  })
})

describe('quiet hours', () => {
  beforeEach(async () => {
    await desk.db.update(recipients).set({ quietFrom: '22:00', quietUntil: '07:00' })
  })

  test('hold back what happens in them, which then says that it is late', async () => {
    const id = await oneWebhook()
    await lookAtTime('21:00')
    const before = await subjects()
    await lookAtTime('23:00')
    await atNexudus(id, { errorCount: 9 })
    await look()
    expect(await subjects()).toEqual(before)
    // looked at all the same
    const seen = await desk.db.select().from(incidents).where(eq(incidents.origin, ORIGIN))
    expect(seen).toMatchObject([{ kind: 'failing', closedAt: null }])
    await lookAtTime('07:00')
    expect((await subjects()).slice(before.length)).toEqual([
      expect.stringContaining('1 more failure'),
    ])
    expect((await desk.mails())[0]?.text).toContain('This message is late')
  })

  test('let what was over by their end be told as over, in one message', async () => {
    const id = await oneWebhook()
    await lookAtTime('21:00')
    const before = await subjects()
    await lookAtTime('23:00')
    await atNexudus(id, { errorCount: 10, active: false })
    await look()
    await atNexudus(id, { active: true })
    await look()
    await atNexudus(id, { errorCount: 0, lastTrigger: wire(desk.clock.now()) })
    await look()
    await look()
    await lookAtTime('07:00')
    expect((await subjects()).slice(before.length)).toEqual([
      expect.stringContaining('Working again'),
    ])
  })

  test('let nothing be told as present that is over without an end', async () => {
    const id = await oneWebhook()
    await lookAtTime('21:00')
    const before = await subjects()
    await lookAtTime('23:00')
    await atNexudus(id, { errorCount: 9 })
    await look()
    await atNexudus(id, { errorCount: 0, active: false })
    await look()
    await lookAtTime('07:00')
    expect(await subjects()).toEqual(before)
  })

  test('that somebody ends let go at once what they held back', async () => {
    const id = await oneWebhook()
    await lookAtTime('21:00')
    const before = await subjects()
    await lookAtTime('23:00')
    await atNexudus(id, { errorCount: 9 })
    await look()
    await admin.signIn('admin@hookdesk.test')
    const held = await admin.request('/desk/notifications')
    const morning = nextTimeAt(desk.clock.now(), { zone: ZONE, time: '07:00' })
    expect(held.body).toMatchObject({ waiting: 1, heldUntil: morning.toISOString() })
    await admin.request('/desk/notifications', { method: 'PUT', body: WISHES })
    await desk.sendNotices()
    expect(await subjects()).toHaveLength(before.length + 1)
  })
})

describe('a zone', () => {
  test.each(['IST', 'PST', 'Nowhere/Land', ''])('named %j is refused', async (zone) => {
    const body = { ...WISHES, zone }
    const { status } = await admin.request('/desk/notifications', { method: 'PUT', body })
    expect(status).toBe(400)
  })

  test('that was stored before that counts as UTC, and stops no look', async () => {
    await desk.db.update(recipients).set({ zone: 'IST', quietFrom: '22:00', quietUntil: '07:00' })
    const id = await oneWebhook()
    await look()
    await atNexudus(id, { errorCount: 9 })
    await look()
    const seen = await desk.db.select().from(incidents).where(eq(incidents.origin, ORIGIN))
    expect(seen).toHaveLength(1)
  })
})

describe('what is still open', () => {
  test('is recalled every morning, and once a week when somebody takes care of it', async () => {
    const id = await oneWebhook()
    await lookAtTime('10:00')
    await atNexudus(id, { errorCount: 9 })
    await look()
    const before = (await subjects()).length
    const since = async () => (await subjects()).slice(before)
    await lookAtTime('08:59')
    expect(await since()).toEqual([])
    await lookAtTime('09:00')
    await look()
    expect(await since()).toEqual(['Still open: 1 webhook needs attention'])
    await lookAtTime('09:00')
    expect(await since()).toHaveLength(2)
    await desk.db
      .update(incidents)
      .set({ acknowledgedBy: 'ana', acknowledgedAt: desk.clock.now() })
      .where(eq(incidents.origin, ORIGIN))
    for (let day = 0; day < 7; day += 1) await lookAtTime('09:00')
    expect(await since()).toHaveLength(3)
  })

  test('is not recalled below the step from which on somebody wants to be told', async () => {
    const id = await oneWebhook()
    await desk.db.update(recipients).set({ firstStep: 'stopped' })
    await lookAtTime('10:00')
    await atNexudus(id, { errorCount: 9 })
    await look()
    const before = (await subjects()).length
    await lookAtTime('09:00')
    expect(await subjects()).toHaveLength(before)
  })

  test('is not recalled while it is muted, or once it is over', async () => {
    const id = await oneWebhook()
    await lookAtTime('10:00')
    await atNexudus(id, { errorCount: 9 })
    await look()
    const mutedUntil = new Date(desk.clock.now().getTime() + 3 * DAY)
    await desk.db.update(incidents).set({ mutedBy: 'ana', mutedUntil })
    const before = (await subjects()).length
    await lookAtTime('09:00')
    expect(await subjects()).toHaveLength(before)
    await atNexudus(id, { active: false, errorCount: 0 })
    await look()
    await desk.db.update(incidents).set({ mutedUntil: null })
    await lookAtTime('09:00')
    expect(await subjects()).toHaveLength(before)
  })

  test('is summed up from the next time on, not at once, when somebody asks for that', async () => {
    await oneWebhook()
    await lookAtTime('10:00')
    // nobody sums up for somebody who wants nothing
    await desk.db.update(recipients).set({ isOn: false })
    await lookAtTime('10:00')
    await admin.signIn('admin@hookdesk.test')
    const before = (await subjects()).length
    await admin.request('/desk/notifications', {
      method: 'PUT',
      body: { ...WISHES, digestAt: '09:30' },
    })
    await look()
    expect(await subjects()).toHaveLength(before)
    await lookAtTime('09:30')
    expect(await subjects()).toHaveLength(before + 1)
  })

  test('is part of a daily summary, which also comes if all is well', async () => {
    const id = await oneWebhook()
    await desk.db.update(recipients).set({ digestAt: '08:30' })
    await lookAtTime('10:00')
    const before = (await subjects()).length
    await lookAtTime('08:30')
    expect((await subjects()).slice(before)).toEqual(['Your webhooks today: none needs attention'])
    expect((await desk.mails())[0]?.text).toMatch(/: .*\d+ working/)
    await atNexudus(id, { errorCount: 9 })
    await look()
    await lookAtTime('08:30')
    await lookAtTime('09:00')
    expect((await subjects()).slice(before + 2)).toEqual([
      'Your webhooks today: 1 webhook needs attention',
    ])
  })
})

test('a test mail goes to the verified address, and only there', async () => {
  const answer = await admin.request('/desk/notifications/test', { method: 'POST' })
  expect(answer.status).toBe(200)
  expect((await desk.mails())[0]).toMatchObject({
    subject: 'A test from Hookdesk',
    to: ['admin@hookdesk.test'],
  })
  const manager = desk.visitor()
  await manager.signIn('manager@hookdesk.test')
  const none = await manager.request('/desk/notifications/test', { method: 'POST' })
  expect(none).toMatchObject({ status: 422, body: { code: 'not_sent' } })
  expect(await desk.db.select().from(notices)).toEqual([])
})
