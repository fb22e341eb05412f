import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { users, webhooks } from '#sandbox/db/tables.ts'
import { recipients } from '#server/alerts/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { pauses } from './tables.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SHOREDITCH = 1_400_000_002
const DUBLIN = 1_400_000_004

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
  const found = rows.find(({ active }) => active)
  if (!found) throw new Error('No webhook is on')
  return found.id
}

const later = (ms: number) => new Date(desk.clock.now().getTime() + ms).toISOString()

const ask = (ids: number[], ms: number, by = admin) =>
  by.request('/desk/pauses', {
    method: 'POST',
    body: { webhookIds: ids, until: later(ms), reason: 'CRM migration' },
  })

const pause = (id: number, by = admin) =>
  by.change(id, { seen: { Active: true }, change: { Active: false } })

const isOn = async (id: number) =>
  (await desk.db.select().from(webhooks).where(eq(webhooks.id, id)))[0]?.active

const stateOf = async (id: number) =>
  (await desk.db.select().from(pauses).where(eq(pauses.webhookId, id)))[0]?.state

/** Asks for a pause of half an hour, and pauses. */
async function pauseForHalfAnHour(id: number) {
  expect((await ask([id], 30 * MINUTE)).status).toBe(201)
  await pause(id)
}

async function pass(ms: number) {
  desk.clock.pass(ms)
  await desk.settlePauses()
  await desk.sendNotices()
}

describe('a pause with an end', () => {
  test('is shown, and ends by itself at its time', async () => {
    const id = await working()
    await pauseForHalfAnHour(id)
    const { body } = await admin.request('/desk/pauses')
    expect(body).toMatchObject({
      canResume: true,
      pauses: [
        { webhookId: id, by: 'admin@hookdesk.test', reason: 'CRM migration', state: 'waiting' },
      ],
    })
    await pass(29 * MINUTE)
    expect(await isOn(id)).toBe(false)
    await pass(MINUTE)
    expect(await isOn(id)).toBe(true)
    expect((await desk.history(id)).at(-1)).toMatchObject({ by: 'watch@hookdesk.test' })
    // the session has idled out meanwhile
    await admin.signIn('admin@hookdesk.test')
    expect((await admin.request('/desk/pauses')).body.pauses).toEqual([])
  })

  test('ends late if no process was there, and once if there are two', async () => {
    const id = await working()
    await pauseForHalfAnHour(id)
    desk.clock.pass(5 * HOUR)
    const other = desk.openAnother()
    await Promise.all([desk.settlePauses(), other.settlePauses()])
    expect(await isOn(id)).toBe(true)
    expect(await desk.history(id)).toHaveLength(2)
  })

  test('is taken over from a process that died at it', async () => {
    const id = await working()
    await pauseForHalfAnHour(id)
    desk.clock.pass(30 * MINUTE)
    const claimedUntil = new Date(desk.clock.now().getTime() + 20_000)
    await desk.db.update(pauses).set({ claim: 'dead', claimedUntil })
    await desk.settlePauses()
    expect(await isOn(id)).toBe(false)
    await pass(20_000)
    expect(await isOn(id)).toBe(true)
  })

  test.each([
    {
      what: 'switched it on and off meanwhile',
      act: async (id: number) => {
        await admin.change(id, { seen: { Active: false }, change: { Active: true } })
        const manager = desk.visitor()
        await manager.signIn('manager@hookdesk.test')
        await pause(id, manager)
      },
    },
    {
      what: 'changed it outside Hookdesk',
      act: async (id: number) => {
        for (const Active of [true, false]) {
          const path = `/api/sys/webhooks/${id}`
          const { text } = await desk.atNexudus({ method: 'GET', path, role: '' })
          const body = JSON.stringify({ ...JSON.parse(text), Active })
          await desk.atNexudus({ method: 'PUT', path: '/api/sys/webhooks', body, role: '' })
          desk.clock.pass(MINUTE)
          await desk.look()
        }
      },
    },
  ])('leaves a webhook alone if somebody $what, and says so', async ({ act }) => {
    const id = await working()
    await pauseForHalfAnHour(id)
    desk.clock.pass(1_000)
    await act(id)
    await pass(30 * MINUTE)
    expect(await isOn(id)).toBe(false)
    expect(await stateOf(id)).toBe('touched')
    const [mail] = await desk.mails()
    expect(mail?.subject).toMatch(/^Not resumed: “.+” \(Northlight Shoreditch\)$/)
    expect(mail?.text).toContain('It was switched again since then')
    await pass(HOUR)
    expect((await desk.mails()).filter(({ subject }) => subject === mail?.subject)).toHaveLength(1)
  })

  test('of a webhook that nobody paused, or that is on again, does nothing', async () => {
    const [first] = [await working()]
    await ask([first], 30 * MINUTE)
    const before = await desk.history(first)
    await pass(30 * MINUTE)
    expect(await isOn(first)).toBe(true)
    expect(await desk.history(first)).toEqual(before)
    expect(await desk.mails()).toHaveLength(1)
  })

  test('of a webhook that was off already says nothing, and leaves it off', async () => {
    const id = await working()
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    await pause(id, manager)
    desk.clock.pass(1_000)
    await ask([id], 30 * MINUTE)
    expect((await admin.request('/desk/pauses')).body.pauses).toEqual([])
    await pass(30 * MINUTE)
    expect(await isOn(id)).toBe(false)
    expect(await desk.mails()).toHaveLength(1)
  })

  test('of a webhook that is gone says so', async () => {
    const id = await working()
    await pauseForHalfAnHour(id)
    await desk.db.delete(webhooks).where(eq(webhooks.id, id))
    await pass(30 * MINUTE)
    expect(await stateOf(id)).toBe('gone')
    expect((await desk.mails())[0]?.text).toContain('does not exist any more')
  })

  test('is asked for by a notice if the watch may not edit', async () => {
    const id = await working()
    await pauseForHalfAnHour(id)
    // another account looks
    const viewer = { email: 'viewer@hookdesk.test', password: 'sandbox' }
    const other = desk.openAnother({ watch: { credentials: viewer, intervalMs: MINUTE } })
    desk.clock.pass(30 * MINUTE)
    await other.settlePauses()
    await other.sendNotices()
    expect(await isOn(id)).toBe(false)
    expect(await stateOf(id)).toBe('no_right')
    const text = (await desk.mails())[0]?.text
    expect(text).toContain('may not switch webhooks on')
    expect(text).toContain(`/webhooks/${id}\n`)
    expect(text).toContain('because admin@hookdesk.test paused it until then')
  })

  test('is answered also to somebody who wants no other notices', async () => {
    const id = await working()
    await desk.db.update(recipients).set({ isOn: false, locations: [1] })
    await pauseForHalfAnHour(id)
    await desk.db.delete(webhooks).where(eq(webhooks.id, id))
    await pass(30 * MINUTE)
    expect((await desk.mails())[0]?.subject).toContain('Not resumed')
  })

  test('waits while Nexudus does not answer, and is given up after a day', async () => {
    const id = await working()
    await pauseForHalfAnHour(id)
    await desk.fault({ kind: 'error', path: `/api/sys/webhooks/${id}`, times: 999 })
    await pass(30 * MINUTE)
    expect(await stateOf(id)).toBe('waiting')
    await pass(25 * HOUR)
    expect(await stateOf(id)).toBe('failed')
    expect(await isOn(id)).toBe(false)
  })

  test('gets another end while it lasts, and keeps its author', async () => {
    const id = await working()
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    await pauseForHalfAnHour(id)
    desk.clock.pass(MINUTE)
    await ask([id], 10 * MINUTE, manager)
    const { body } = await admin.request('/desk/pauses')
    expect(body.pauses).toMatchObject([{ webhookId: id, by: 'admin@hookdesk.test' }])
    await pass(10 * MINUTE)
    expect(await isOn(id)).toBe(true)
  })

  test('can be given to a pause of one’s own that had none', async () => {
    const id = await working()
    await pause(id)
    desk.clock.pass(MINUTE)
    await ask([id], 10 * MINUTE)
    await pass(10 * MINUTE)
    expect(await isOn(id)).toBe(true)
  })

  test('is no end of a later pause by the same person', async () => {
    const id = await working()
    await pauseForHalfAnHour(id)
    desk.clock.pass(MINUTE)
    await admin.change(id, { seen: { Active: false }, change: { Active: true } })
    desk.clock.pass(MINUTE)
    await pause(id)
    expect((await admin.request('/desk/pauses')).body.pauses).toEqual([])
    await pass(30 * MINUTE)
    expect(await isOn(id)).toBe(false)
    expect(await stateOf(id)).toBe('touched')
  })

  test('is replaced by a newer one, and can lose its end', async () => {
    const id = await working()
    await pauseForHalfAnHour(id)
    await ask([id], 2 * HOUR)
    await pass(30 * MINUTE)
    expect(await stateOf(id)).toBe('waiting')
    await admin.signIn('admin@hookdesk.test')
    const gone = await admin.request(`/desk/pauses/${id}`, { method: 'DELETE' })
    expect(gone.body.pauses).toEqual([])
    await pass(3 * HOUR)
    expect(await isOn(id)).toBe(false)
  })
})

describe('asking for the end of a pause', () => {
  test('needs a time to come, the right to edit, and locations that one may see', async () => {
    const id = await working()
    expect((await ask([id], -1)).body.reason).toBe('past_time')
    expect((await ask([id], 400 * 24 * HOUR)).body.reason).toBe('past_time')
    const viewer = desk.visitor()
    await viewer.signIn('viewer@hookdesk.test')
    expect((await ask([id], HOUR, viewer)).body).toMatchObject({ missing: 'WebHook-Edit' })
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    const elsewhere = await working(DUBLIN)
    expect((await ask([id, elsewhere], HOUR, manager)).status).toBe(404)
    expect(await desk.db.select().from(pauses)).toEqual([])
    expect((await ask([id], HOUR, manager)).status).toBe(201)
    await ask([elsewhere], HOUR)
    // what is not paused yet has no end
    expect((await admin.request('/desk/pauses')).body.pauses).toEqual([])
    await pause(id, manager)
    await pause(elsewhere)
    const { body } = await manager.request('/desk/pauses')
    expect(body.pauses).toMatchObject([{ webhookId: id }])
    const path = `/desk/pauses/${elsewhere}`
    expect((await manager.request(path, { method: 'DELETE' })).status).toBe(404)
  })

  test('works for a webhook that the watch has not seen yet', async () => {
    const url = 'https://receiver.example.com/new'
    const created = await admin.create({
      BusinessId: SHOREDITCH,
      Action: 7,
      Name: 'New',
      URL: url,
      Description: '',
      Active: true,
    })
    const id: number = created.body.webhook.Id
    expect((await ask([id], HOUR)).status).toBe(201)
    const [{ id: userId } = { id: 0 }] = await desk.db.select().from(users)
    expect((await ask([userId], HOUR)).status).toBe(404)
  })
})
