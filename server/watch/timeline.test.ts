import { afterEach, beforeEach, expect, test } from 'vitest'

import { hostOf } from '#contract/address/address.ts'
import { webhooks } from '#sandbox/db/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { hourOf, withFiring, writtenBits, type Firings } from './firings.ts'
import { firings } from './tables.ts'

const SHOREDITCH = 1_400_000_002
const DUBLIN = 1_400_000_004

const HOST = 'timeline.example.test:8443'

let desk: TestDesk
let admin: Visitor
let here = 0
let elsewhere = 0
beforeEach(async () => {
  desk = await openTestDesk({ watches: true })
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  const all = await desk.db.select().from(webhooks)
  const at = (place: number) => {
    const found = all.find(
      ({ businessId, active, errorCount }) => businessId === place && active && errorCount === 0,
    )
    return found?.id ?? 0
  }
  ;[here, elsewhere] = [at(SHOREDITCH), at(DUBLIN)]
  await desk.store(here, { url: `https://${HOST}/a?key=secret`, name: '=Doors' })
  await desk.store(elsewhere, { url: `https://${HOST}/b` })
  await desk.lookAndTell()
})
afterEach(() => desk.close())

const ofHost = (by = admin) => by.request(`/desk/timeline/host?host=${HOST}&hours=24`)

const statesIn = (body: { states: { health: string | null }[] }) =>
  body.states.map(({ health }) => health)

async function breakBoth() {
  await desk.store(here, { errorCount: 6, lastError: 'Status 503' })
  await desk.lookAndTell()
  await desk.store(elsewhere, { errorCount: 10, active: false })
  await desk.lookAndTell()
  await desk.store(here, { errorCount: 0 })
  await desk.lookAndTell()
  await desk.store(elsewhere, { errorCount: 0, active: true })
  await desk.lookAndTell()
}

test('a destination is as bad as its worst webhook, at each moment', async () => {
  await breakBoth()
  const { body } = await ofHost()
  expect(statesIn(body)).toEqual([null, 'working', 'failing', 'stopped', 'on-watch'])
  const ends = body.states.map(({ from, to }: { from: string; to: string }) => [from, to])
  for (const [at, [, to]] of ends.slice(0, -1).entries()) expect(ends[at + 1][0]).toBe(to)
  expect([ends[0][0], ends.at(-1)[1]]).toEqual([body.from, body.to])
  expect(body.transitions.map(({ name }: { name: string }) => name)).toContain('=Doors')
  expect(body.count).toBe(body.transitions.length)
  expect(JSON.stringify(body)).not.toContain('secret')
})

test('a manager is shown a destination as bad as the webhooks they may see', async () => {
  await breakBoth()
  const manager = desk.visitor()
  await manager.signIn('manager@hookdesk.test')
  const { body } = await ofHost(manager)
  expect(statesIn(body)).toEqual([null, 'working', 'failing', 'working'])
  const other = (await desk.db.select().from(webhooks)).find(({ id }) => id === elsewhere)
  await desk.store(elsewhere, { url: 'https://only-there.example.test/' })
  await desk.lookAndTell()
  expect(hostOf(other?.url ?? '')).toBe(HOST)
  const asked = await manager.request('/desk/timeline/host?host=only-there.example.test')
  expect(asked.status).toBe(404)
})

test('a file has every transition, with formulas disarmed', async () => {
  await breakBoth()
  const answer = await admin.request(`/desk/timeline/csv?webhook=${here}&hours=24`)
  expect(answer.headers.get('content-disposition')).toMatch(
    new RegExp(`filename="hookdesk-timeline-${here}-\\d{4}-\\d\\d-\\d\\d\\.csv"`),
  )
  const [head, ...lines] = answer.text.trim().split('\r\n')
  expect(head).toMatch(/^\uFEFF?Seen \(UTC\),Not before \(UTC\)/)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain(`${here},"'=Doors",Failed,Working,Failing,0,6,Status 503`)
  const both = await admin.request(`/desk/timeline/csv?host=${HOST}`)
  expect(both.text).toContain(String(elsewhere))
})

test('a file of neither a webhook nor a host, or of both, is refused', async () => {
  const statuses = await Promise.all(
    ['', `?webhook=${here}&host=${HOST}`, '?host=', `?webhook=${here}&hours=5`].map(
      async (query) => (await admin.request(`/desk/timeline/csv${query}`)).status,
    ),
  )
  expect(statuses).toEqual([400, 400, 400, 400])
})

test('a stop says in which span events were lost, and how many hours of it usually have some', async () => {
  const timeline = async () => (await admin.request(`/desk/timeline/${here}?hours=24`)).body
  expect((await timeline()).loss).toBeNull()
  const present = hourOf(desk.clock.now().getTime())
  let known: Firings | undefined
  for (let hour = present - 5 * 168; hour <= present; hour += 1) known = withFiring(known, hour)
  const row = { week: known?.week ?? 0, bits: writtenBits(known?.bits ?? new Uint8Array()) }
  await desk.db
    .insert(firings)
    .values({ webhookId: here, ...row })
    .onConflictDoUpdate({ target: firings.webhookId, set: row })

  const well = desk.clock.now().toISOString()
  await desk.store(here, { errorCount: 6 })
  await desk.lookAndTell()
  expect((await timeline()).loss).toBeNull()
  await desk.store(here, { errorCount: 10, active: false })
  await desk.lookAndTell()
  await desk.lookAndTell(6 * 3_600_000)
  await admin.signIn('admin@hookdesk.test')
  const { loss } = await timeline()
  expect(loss).toMatchObject({ from: well, to: null })
  expect(loss.usualHours).toBeGreaterThanOrEqual(5)
  expect(loss.usualHours).toBeLessThanOrEqual(6)

  await desk.store(here, { errorCount: 0, active: true })
  await desk.lookAndTell()
  await desk.store(here, {
    lastTrigger: desk.clock
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
  })
  await desk.lookAndTell()
  expect((await timeline()).loss).toMatchObject({ from: well, to: desk.clock.now().toISOString() })
  await desk.lookAndTell(25 * 3_600_000)
  await admin.signIn('admin@hookdesk.test')
  expect((await timeline()).loss).toBeNull()
})
