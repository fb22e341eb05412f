import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { webhooks } from '#sandbox/db/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { pauses, pauseWindows } from './tables.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SHOREDITCH = 1_400_000_002
const DUBLIN = 1_400_000_004
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

let desk: TestDesk
let admin: Visitor
beforeEach(async () => {
  desk = await openTestDesk({ watches: true })
  await desk.addRecipients()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  await desk.look()
})
afterEach(() => desk.close())

async function working(businessId = SHOREDITCH) {
  const rows = await desk.db.select().from(webhooks).where(eq(webhooks.businessId, businessId))
  return rows.filter(({ active }) => active).map(({ id }) => id)
}

const clock = (ms: number) =>
  new Date(desk.clock.now().getTime() + ms).toISOString().slice('2026-01-01T'.length, -8)

/** Every day, from one time to another from now on. */
const plan = (ids: number[], from: number, until: number, by = admin) =>
  by.request('/desk/pauses/windows', {
    method: 'POST',
    body: {
      webhookIds: ids,
      days: EVERY_DAY,
      from: clock(from),
      until: clock(until),
      zone: 'UTC',
      reason: 'Backups',
    },
  })

const isOn = async (id: number) =>
  (await desk.db.select().from(webhooks).where(eq(webhooks.id, id)))[0]?.active

async function pass(ms: number) {
  desk.clock.pass(ms)
  await desk.settlePauses()
  await desk.sendNotices()
}

describe('a window', () => {
  test('pauses its webhooks every day, and resumes them', async () => {
    const [one = 0, other = 0] = await working()
    const answer = await plan([one, other], HOUR, 2 * HOUR)
    expect(answer.status).toBe(201)
    expect(answer.body.windows).toMatchObject([
      { by: 'admin@hookdesk.test', reason: 'Backups', problem: null, mayRemove: true },
    ])
    for (let day = 0; day < 3; day++) {
      await pass(59 * MINUTE)
      expect([await isOn(one), await isOn(other)]).toEqual([true, true])
      await pass(MINUTE)
      expect([await isOn(one), await isOn(other)]).toEqual([false, false])
      await pass(59 * MINUTE)
      expect(await isOn(one)).toBe(false)
      await pass(MINUTE)
      expect([await isOn(one), await isOn(other)]).toEqual([true, true])
      await pass(DAY - 2 * HOUR)
    }
    expect(await desk.history(one)).toHaveLength(6)
    expect(await desk.mails()).toHaveLength(1)
  })

  test('that lasts already begins at once, and is shown as a pause with an end', async () => {
    const [id = 0] = await working()
    await plan([id], -HOUR, HOUR)
    await pass(0)
    const { body } = await admin.request('/desk/pauses')
    expect(body.pauses).toMatchObject([
      { webhookId: id, by: 'admin@hookdesk.test', reason: 'Backups', state: 'waiting' },
    ])
    expect(await isOn(id)).toBe(false)
  })

  test('leaves off what was off before', async () => {
    const [off = 0] = await working()
    await admin.change(off, { seen: { Active: true }, change: { Active: false } })
    await plan([off], MINUTE, HOUR)
    await pass(MINUTE)
    await pass(HOUR)
    expect(await isOn(off)).toBe(false)
    expect(await desk.history(off)).toHaveLength(1)
  })

  test('that another one outlasts ends with that one', async () => {
    const [id = 0] = await working()
    await plan([id], MINUTE, HOUR)
    await plan([id], 30 * MINUTE, 2 * HOUR)
    await pass(MINUTE)
    await pass(30 * MINUTE)
    await pass(HOUR)
    expect(await isOn(id)).toBe(false)
    await pass(30 * MINUTE)
    expect(await isOn(id)).toBe(true)
  })

  test('is begun once by two processes, and taken over from a dead one', async () => {
    const [one = 0, other = 0] = await working()
    await plan([one, other], MINUTE, HOUR)
    desk.clock.pass(MINUTE)
    const second = desk.openAnother()
    await Promise.all([desk.settlePauses(), second.settlePauses()])
    expect([await isOn(one), await isOn(other)]).toEqual([false, false])
    expect(await desk.history(one)).toHaveLength(1)
    await pass(HOUR)
    const claimedUntil = new Date(desk.clock.now().getTime() + DAY)
    await desk.db.update(pauseWindows).set({ claim: 'dead', claimedUntil })
    await pass(DAY - HOUR - MINUTE)
    expect(await isOn(one)).toBe(true)
    await pass(MINUTE)
    await pass(MINUTE)
    expect(await isOn(one)).toBe(false)
  })

  test('goes on where a process died between its note and the change', async () => {
    const [id = 0] = await working()
    await plan([id], MINUTE, HOUR)
    desk.clock.pass(MINUTE)
    const [window] = await desk.db.select().from(pauseWindows)
    if (!window) throw new Error('No window')
    await desk.db.insert(pauses).values({
      webhookId: id,
      businessId: SHOREDITCH,
      name: 'x',
      by: 'admin@hookdesk.test',
      pausedBy: 'watch@hookdesk.test',
      windowId: window.id,
      askedAt: desk.clock.now(),
      until: window.endsAt,
      dueAt: window.endsAt,
      state: 'waiting',
      key: 'k',
    })
    await pass(0)
    expect(await isOn(id)).toBe(false)
    await pass(HOUR)
    expect(await isOn(id)).toBe(true)
  })

  test('that is ended while its first webhook is paused leaves the others on', async () => {
    await plan((await working()).slice(0, 2), MINUTE, HOUR)
    const [window] = await desk.db.select().from(pauseWindows)
    const [first = 0, second = 0] = window?.webhooks.map(({ webhookId }) => webhookId) ?? []
    await desk.fault({ kind: 'slow', path: `/api/sys/webhooks/${first}`, delayMs: 1_500 })
    desk.clock.pass(MINUTE)
    const settling = desk.settlePauses()
    await admin.request(`/desk/pauses/windows/${window?.id}`, { method: 'DELETE' })
    await settling
    expect([await isOn(first), await isOn(second)]).toEqual([false, true])
    await pass(HOUR)
    expect(await isOn(first)).toBe(true)
  })

  test('that no process began is told as missed, and comes the next day', async () => {
    const [id = 0] = await working()
    await plan([id], MINUTE, HOUR)
    await pass(HOUR)
    expect(await isOn(id)).toBe(true)
    const [mail] = await desk.mails()
    expect(mail?.subject).toMatch(/^Not paused: “.+” \(Northlight Shoreditch\)$/)
    expect(mail?.text).toContain('No Hookdesk was running meanwhile')
    await pass(DAY - HOUR + MINUTE)
    expect(await isOn(id)).toBe(false)
  })

  test('is tried again while Nexudus does not answer, and pauses nothing twice', async () => {
    const [id = 0, resumed = 0] = await working()
    await plan([id, resumed], MINUTE, HOUR)
    // each read is tried six times
    await desk.fault({ kind: 'error', path: `/api/sys/webhooks/${id}`, times: 6 })
    await pass(MINUTE)
    expect([await isOn(id), await isOn(resumed)]).toEqual([true, false])
    expect((await admin.request('/desk/pauses')).body.windows[0].problem).not.toBeNull()
    await admin.change(resumed, { seen: { Active: false }, change: { Active: true } })
    await pass(MINUTE)
    expect([await isOn(id), await isOn(resumed)]).toEqual([false, true])
    await pass(HOUR)
    expect([await isOn(id), await isOn(resumed)]).toEqual([true, true])
  })

  test('that the watch may not carry out says so', async () => {
    const [id = 0] = await working()
    await plan([id], MINUTE, HOUR)
    const viewer = { email: 'viewer@hookdesk.test', password: 'sandbox' }
    const other = desk.openAnother({ watch: { credentials: viewer, intervalMs: MINUTE } })
    desk.clock.pass(MINUTE)
    await other.settlePauses()
    await other.sendNotices()
    expect(await isOn(id)).toBe(true)
    expect((await desk.mails())[0]?.text).toContain('may not switch webhooks')
  })
})

describe('planning a window', () => {
  test('needs hours, a zone, the right to edit, and locations that one may see', async () => {
    const [id = 0] = await working()
    const [elsewhere = 0] = await working(DUBLIN)
    expect((await plan([id], HOUR, HOUR)).body.reason).toBe('no_hours')
    const body = { webhookIds: [id], days: [1], from: '22:00', until: '06:00', reason: '' }
    const path = '/desk/pauses/windows'
    const post = (part: object) =>
      admin.request(path, { method: 'POST', body: { ...body, zone: 'UTC', ...part } })
    expect((await post({ zone: 'Mars/Base' })).body.reason).toBe('unknown_zone')
    expect((await post({ days: [] })).status).toBe(400)
    expect((await post({ days: [8] })).status).toBe(400)
    const viewer = desk.visitor()
    await viewer.signIn('viewer@hookdesk.test')
    expect((await plan([id], MINUTE, HOUR, viewer)).body).toMatchObject({ missing: 'WebHook-Edit' })
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    expect((await plan([id, elsewhere], MINUTE, HOUR, manager)).status).toBe(404)
    expect(await desk.db.select().from(pauseWindows)).toEqual([])
  })

  test('shows a manager only their part, which only somebody with all of it removes', async () => {
    const [id = 0] = await working()
    const [elsewhere = 0] = await working(DUBLIN)
    await plan([id, elsewhere], MINUTE, HOUR)
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    const { windows } = (await manager.request('/desk/pauses')).body
    expect(windows).toMatchObject([{ mayRemove: false, webhooks: [{ webhookId: id }] }])
    const path = `/desk/pauses/windows/${windows[0].id}`
    expect((await manager.request(path, { method: 'DELETE' })).status).toBe(404)
    const gone = await admin.request(path, { method: 'DELETE' })
    expect(gone.body.windows).toEqual([])
    await pass(MINUTE)
    expect([await isOn(id), await isOn(elsewhere)]).toEqual([true, true])
  })
})
