import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startReceiver, type Receiver } from '#platform/outbound/test-receiver.ts'
import { forbiddenUrls } from '#platform/outbound/test-spellings.ts'
import { deliveries, webhooks } from '#sandbox/db/tables.ts'
import { draft } from '#server/changes/test-draft.ts'
import { probes } from '#server/probes/tables.ts'

import { openTestDesk, type TestDesk } from './testing/test-desk.ts'
import type { Visitor } from './testing/test-visitor.ts'

// every entry point for a URL, with a listener wherever no call may arrive

const QUIET_ACTION = 79
const SHOREDITCH = 1_400_000_002

let tripwire: Receiver
let desk: TestDesk
let admin: Visitor
let urls: string[]
beforeAll(async () => {
  tripwire = await startReceiver((_request, response) => response.end('inside'))
  desk = await openTestDesk()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  urls = forbiddenUrls(tripwire.port)
})
afterAll(async () => {
  await desk.close()
  await tripwire.close()
})

test('there are more than three hundred spellings', () => {
  expect(urls.length).toBeGreaterThan(300)
})

test('no forbidden URL is saved, neither by a create nor by a change', async () => {
  await desk.startCounting()
  const saved = (await admin.create(draft())).body.webhook
  const writesBefore = (await desk.calls()).filter((call) => /^(POST|PUT) /.test(call)).length
  for (const URL of urls) {
    const made = await admin.create(draft({ URL }))
    expect([made.status, made.body.Errors?.[0]?.PropertyName], URL).toEqual([400, 'URL'])
    const changed = await admin.change(saved.Id, { seen: {}, change: { URL } })
    expect([changed.status, changed.body.Errors?.[0]?.PropertyName], URL).toEqual([400, 'URL'])
  }
  const writes = (await desk.calls()).filter((call) => /^(POST|PUT) /.test(call)).length
  expect(writes).toBe(writesBefore)
  expect(tripwire.connections()).toBe(0)
})

test('no forbidden URL is probed, with or without a sample', async () => {
  const sample = { action: 6, businessId: SHOREDITCH, locationName: 'Soho' }
  for (const [at, url] of urls.entries()) {
    const target = { kind: 'address', url }
    const body = at % 2 === 0 ? { target } : { target, sample }
    const { status, body: report } = await admin.request('/desk/probes', { method: 'POST', body })
    expect(status, url).toBe(200)
    expect(['target_blocked', 'target_invalid'], url).toContain(report.failure)
    expect([report.connectedTo, report.status], url).toEqual([null, null])
    // ten probes a minute, and five to one host, are allowed
    if (at % 4 === 3) desk.clock.pass(61_000)
  }
  expect(tripwire.connections()).toBe(0)
})

test('no delivery goes to a forbidden URL: each is parked at once, and does not count', async () => {
  const rows = await desk.db
    .insert(webhooks)
    .values(
      urls.map((url, at) => ({
        businessId: SHOREDITCH,
        name: `Forbidden ${at}`,
        action: QUIET_ACTION,
        url,
        active: true,
        uniqueId: `forbidden ${at}`,
        updatedBy: 'test',
        createdOn: '2026-01-01T00:00:00.0000000Z',
        updatedOn: '2026-01-01T00:00:00.0000000Z',
      })),
    )
    .returning({ id: webhooks.id })
  const ids = rows.map(({ id }) => id)
  await desk.raise({ BusinessId: SHOREDITCH, Action: QUIET_ACTION })

  const states = async () => {
    const found = await desk.db
      .select({ state: deliveries.state })
      .from(deliveries)
      .where(inArray(deliveries.webhookId, ids))
    return new Set(found.map(({ state }) => state))
  }
  await expect.poll(states).toEqual(new Set(['parked']))
  const after = await desk.db.select().from(webhooks).where(inArray(webhooks.id, ids))
  expect(after.every(({ errorCount, active }) => errorCount === 0 && active)).toBe(true)
  expect(after.every(({ lastError }) => lastError !== null)).toBe(true)
  expect(tripwire.connections()).toBe(0)
})

test('a stored webhook is probed at its stored URL, and only by people who may read it', async () => {
  const [webhook] = await desk.recordsNamed('Door access: new booking')
  const target = { kind: 'webhook', id: webhook?.id }
  const { body } = await admin.request('/desk/probes', { method: 'POST', body: { target } })
  // in a test nothing listens at the sandbox's usual port, but the probe did call it
  expect(body).toMatchObject({ failure: 'connection_refused', connectedTo: '127.0.0.1' })

  const nobody = desk.visitor()
  await nobody.signIn('norole@hookdesk.test')
  const refused = await nobody.request('/desk/probes', { method: 'POST', body: { target } })
  expect([refused.status, refused.body.code]).toEqual([403, 'permission_missing'])
})

test('a person with view-only access cannot probe a typed URL', async () => {
  const viewer = desk.visitor()
  await viewer.signIn('viewer@hookdesk.test')
  const body = { target: { kind: 'address', url: 'https://hooks.example.com/' } }
  const answer = await viewer.request('/desk/probes', { method: 'POST', body })
  expect(answer.status).toBe(403)
  expect(answer.body).toMatchObject({ reason: 'to_check', missing: 'WebHook-Edit' })
})

test('probes are limited by person, by host, and at once', async () => {
  desk.clock.pass(120_000)
  const probe = (url: string) =>
    admin.request('/desk/probes', { method: 'POST', body: { target: { kind: 'address', url } } })
  const blocked = (host: number) => `https://10.0.0.${host}/`

  for (let call = 0; call < 5; call += 1) expect((await probe(blocked(1))).status).toBe(200)
  const sixth = await probe(blocked(1))
  expect(sixth.status).toBe(429)
  expect(sixth.body).toMatchObject({ code: 'probe_throttled', reason: 'per_host', limit: 5 })
  expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
  for (let call = 0; call < 5; call += 1) expect((await probe(blocked(2 + call))).status).toBe(200)
  const eleventh = await probe(blocked(9))
  expect(eleventh.status).toBe(429)
  expect(eleventh.body).toMatchObject({ code: 'probe_throttled', reason: 'per_person', limit: 10 })

  desk.clock.pass(61_000)
  expect((await probe(blocked(9))).status).toBe(200)

  desk.clock.pass(61_000)
  const startedAt = desk.clock.now()
  const busy = [1, 2, 3, 4].map((at) => ({ person: `p${at}`, host: `h${at}`, startedAt }))
  await desk.db.insert(probes).values(busy)
  expect((await probe(blocked(3))).status).toBe(429)
  await desk.db.update(probes).set({ endedAt: startedAt }).where(eq(probes.person, 'p1'))
  expect((await probe(blocked(3))).status).toBe(200)
})

test('the secret of a sample is in no answer, no log and no table', async () => {
  desk.clock.pass(120_000)
  const canary = 'c4nary-s3cret'
  const sample = { action: 6, businessId: SHOREDITCH, locationName: 'Soho', secret: canary }
  const target = { kind: 'address', url: 'http://localhost:4401/receiver/x?key=k3y-c4nary' }
  const { status, text } = await admin.request('/desk/probes', {
    method: 'POST',
    body: { target, sample },
  })
  expect(status).toBe(200)
  expect(text).not.toContain('c4nary')
  expect(desk.logged()).not.toContain('c4nary')
  expect(JSON.stringify(await desk.db.select().from(probes))).not.toContain('c4nary')
})
