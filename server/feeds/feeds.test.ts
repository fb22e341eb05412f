import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { PauseWindow } from '#contract/desk/pauses.ts'
import { webhooks } from '#sandbox/db/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import { TEST_ORIGIN, type Visitor } from '#server/testing/test-visitor.ts'

import { icalOf } from './ical.ts'
import { feeds } from './tables.ts'

const SHOREDITCH = 1_400_000_002
const DUBLIN = 1_400_000_004

let desk: TestDesk
let admin: Visitor
beforeEach(async () => {
  desk = await openTestDesk({ watches: true })
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  await desk.look()
})
afterEach(() => desk.close())

async function make(by = admin): Promise<{ atom: string; ical: string }> {
  const { body } = await by.request('/desk/feeds', { method: 'POST' })
  const { atom, ical } = body.addresses
  return { atom: new URL(atom).pathname, ical: new URL(ical).pathname }
}

/** Reads a feed without any session, as a program does. */
async function read(path: string) {
  const answer = await desk.app.request(`${TEST_ORIGIN}${path}`, {
    headers: { host: new URL(TEST_ORIGIN).host },
  })
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
  }
}

async function stop(businessId: number, name: string) {
  const rows = await desk.db.select().from(webhooks).where(eq(webhooks.businessId, businessId))
  const { id = 0 } = rows.find(({ active, errorCount }) => active && errorCount === 0) ?? {}
  const url = `https://door-${businessId}.example.com/a?k=s3cret`
  await desk.store(id, { name, url })
  await desk.lookAndTell()
  await desk.store(id, { errorCount: 10, active: false })
  await desk.lookAndTell()
  return id
}

describe('a feed of incidents', () => {
  test('tells what stopped, escaped and without a secret, to whoever has its address', async () => {
    await stop(SHOREDITCH, `<b>&"Tür"\u0001\u202E`)
    const { atom } = await make()
    const { status, type, text } = await read(atom)
    expect([status, type]).toEqual([200, 'application/atom+xml; charset=utf-8'])
    expect(text).toContain(`<title>Stopped: 1 webhook to door-${SHOREDITCH}.example.com</title>`)
    expect(text).toContain('&lt;b&gt;&amp;&quot;Tür&quot;')
    expect(text).not.toContain('\u0001')
    expect(text).not.toContain('s3cret')
    expect(desk.logged()).not.toContain(atom.split('/')[2])
    const [row] = await desk.db.select().from(feeds)
    expect(JSON.stringify(row)).not.toContain(atom.split('/')[2])
  })

  test('shows only locations that its reader may see, as of their last visit', async () => {
    await stop(SHOREDITCH, 'Here')
    await stop(DUBLIN, 'There')
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    const { atom } = await make(manager)
    const { text } = await read(atom)
    expect(text).toContain('Here')
    expect(text).not.toContain('There')
    await desk.db.update(feeds).set({ reach: [] })
    expect((await read(atom)).text).not.toContain('Here')
    await manager.request('/desk/attention')
    expect((await read(atom)).text).toContain('Here')
  })

  test('counts those that are still in trouble', async () => {
    const rows = await desk.db.select().from(webhooks).where(eq(webhooks.businessId, SHOREDITCH))
    const two = rows.filter(({ active, errorCount }) => active && errorCount === 0).slice(0, 2)
    for (const { id } of two) await desk.store(id, { url: 'https://door.example.com/' })
    await desk.lookAndTell()
    for (const { id } of two) await desk.store(id, { errorCount: 9 })
    await desk.lookAndTell()
    const { atom } = await make()
    expect((await read(atom)).text).toContain('Failing: 2 webhooks to door.example.com')
    await desk.store(two[0]?.id ?? 0, { active: false, errorCount: 0 })
    await desk.lookAndTell()
    expect((await read(atom)).text).toContain('Failing: 1 webhook to door.example.com')
  })

  test('leads nowhere once its address is revoked, or made anew', async () => {
    const first = await make()
    const second = await make()
    expect((await read(first.atom)).status).toBe(404)
    expect((await read(second.ical)).status).toBe(200)
    const state = await admin.request('/desk/feeds')
    expect(state.body).toMatchObject({ usedAt: expect.any(String) })
    expect(state.body.addresses).toBeUndefined()
    await admin.request('/desk/feeds', { method: 'DELETE' })
    expect((await read(second.atom)).status).toBe(404)
    expect((await read('/feeds/guessed-token-of-nobody-at-all/pauses.ics')).status).toBe(404)
  })
})

describe('a calendar of pauses', () => {
  test('has those that last', async () => {
    const rows = await desk.db.select().from(webhooks)
    const { id = 0 } = rows.find(({ active }) => active) ?? {}
    const until = new Date(desk.clock.now().getTime() + 3_600_000).toISOString()
    const body = { webhookIds: [id], until, reason: 'CRM; migration, day 1' }
    await admin.request('/desk/pauses', { method: 'POST', body })
    const { ical } = await make()
    expect((await read(ical)).text).not.toContain('BEGIN:VEVENT')
    await admin.change(id, { seen: { Active: true }, change: { Active: false } })
    const { type, text } = await read(ical)
    expect(type).toBe('text/calendar; charset=utf-8')
    expect(text).toContain(`DTEND:${until.replaceAll(/[-:]|\.\d+/g, '')}\r\n`)
    expect(text.replaceAll('\r\n ', '')).toContain(String.raw`CRM\; migration\, day 1`)
  })

  test('folds lines at 75 octets, between characters', () => {
    const name = 'ü'.repeat(200)
    const pause = {
      webhookId: 1,
      businessId: 2,
      name,
      until: '2026-12-01T10:00:00.000Z',
      by: 'ana@example.com',
      askedAt: '2026-12-01T09:00:00.000Z',
      reason: 'one\ntwo',
      state: 'waiting' as const,
      problem: null,
      settledAt: null,
    }
    const now = new Date('2026-12-01T09:00:00Z')
    const text = icalOf(
      { pauses: [pause], windows: [] },
      { origin: 'https://desk.test', now, placeOf: () => 'Soho' },
    )
    const lines = text.split('\r\n')
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:Paused: ${name} (Soho)`)
    expect(text).toContain(String.raw`one\ntwo`)
  })

  test('has the windows of the next eight weeks, each at its instant', () => {
    const window: PauseWindow = {
      id: 'w',
      by: 'ana@example.com',
      reason: null,
      days: [7],
      from: '22:00',
      until: '06:00',
      zone: 'Europe/London',
      webhooks: [{ webhookId: 1, businessId: 2, name: 'Door codes' }],
      beginsAt: '',
      endsAt: '',
      problem: null,
      mayRemove: true,
    }
    const options = { origin: 'https://desk.test', placeOf: () => 'Soho' }
    const text = icalOf(
      { pauses: [], windows: [window] },
      { ...options, now: new Date('2026-10-12T12:00:00Z') },
    )
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(8)
    expect(text).toContain('DTSTART:20261018T210000Z')
    // the clock goes back on 25 October
    expect(text).toContain('DTSTART:20261025T220000Z')
    expect(text).toContain('DTEND:20261026T060000Z')
    expect(text).toContain('Door codes (Soho)')
  })
})
