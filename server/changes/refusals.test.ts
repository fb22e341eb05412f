import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { webhooks } from '#sandbox/db/tables.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { openTestDesk, SANDBOX_RECEIVER, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

const PATH = '/api/sys/webhooks'

let desk: TestDesk
let admin: Visitor
let id: number
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  id = (await admin.create(draft())).body.webhook.Id
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

const signedIn = async (email: string) => {
  const visitor = desk.visitor()
  await visitor.signIn(email)
  return visitor
}

const several = [
  { PropertyName: 'Name', Message: 'is a required field', AttemptedValue: null },
  { PropertyName: 'Business', Message: 'is not one of your locations', AttemptedValue: 7 },
  { PropertyName: 'SecretSauce', Message: '<b>is</b> missing & "odd"', AttemptedValue: { a: [1] } },
]

test.each([
  ['several fields at once', { kind: 'refuse', errors: several }, several],
  ['a property nobody knows', { kind: 'refuse', errors: [several[2]] }, [several[2]]],
  ['no field at all', { kind: 'refuse', message: 'Not on a Sunday.' }, []],
  ['a 200 that was not successful', { kind: 'unsuccessful', errors: several }, several],
  ['a 200 that was not successful, without fields', { kind: 'unsuccessful', message: 'No.' }, []],
] as const)('a refusal of %s arrives as Nexudus wrote it', async (_what, order, Errors) => {
  const text = 'message' in order ? order.message : expect.stringContaining('SecretSauce')
  for (const [method, write] of [
    ['POST', () => admin.create(draft())],
    ['PUT', () => admin.change(id, { seen: {}, change: { Name: 'Other' } })],
    ['DELETE', () => admin.remove(id, {})],
  ] as const) {
    await desk.fault({ ...order, method })
    const { status, body } = await write()

    expect([method, status, body.code]).toEqual([method, 422, 'refused'])
    expect([body.reason, body.said]).toEqual(['by_nexudus', text])
    expect(body.Errors).toEqual(Errors)
    // a refusal is certain: no outcome is left open
    expect(body.outcome).toBeUndefined()
  }
  expect(await desk.history(id)).toHaveLength(1)
})

test('a refusal by Nexudus reports every field, whichever name Nexudus gives it', async () => {
  await desk.switches({ refusalNames: 'Business' })
  const { body } = await admin.create(draft({ BusinessId: 7, Action: 999 }))
  await desk.switches({ refusalNames: 'BusinessId' })

  expect(body).toMatchObject({
    code: 'refused',
    Errors: [
      { PropertyName: 'Business', Message: 'is not one of your locations', AttemptedValue: 7 },
      { PropertyName: 'Action', Message: 'is not valid', AttemptedValue: 999 },
    ],
  })
})

test('a refused form can be corrected and sent again under the same key', async () => {
  const key = crypto.randomUUID()
  const input = draft({ Action: 999 })
  expect((await admin.create(input, key)).status).toBe(422)
  expect((await admin.create({ ...input, Action: 6 }, key)).status).toBe(200)
  expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
})

test.each([400, 200])('"Access Denied" with status %i is a missing role', async (status) => {
  await desk.fault({ kind: 'refuse', method: 'PUT', status, message: 'Access Denied' })
  const { body } = await admin.change(id, { seen: {}, change: { Name: 'Other' } })
  expect(body).toMatchObject({ code: 'permission_missing', missing: 'WebHook-Edit' })
})

test.each([
  ['viewer@hookdesk.test', 'WebHook-Create', (who: Visitor) => who.create(draft())],
  [
    'viewer@hookdesk.test',
    'WebHook-Edit',
    (who: Visitor) => who.change(id, { seen: {}, change: { Active: false } }),
  ],
  ['viewer@hookdesk.test', 'WebHook-Delete', (who: Visitor) => who.remove(id, {})],
  ['manager@hookdesk.test', 'WebHook-Create', (who: Visitor) => who.create(draft())],
  ['manager@hookdesk.test', 'WebHook-Delete', (who: Visitor) => who.remove(id, {})],
  [
    'norole@hookdesk.test',
    'WebHook-Read',
    (who: Visitor) => who.change(id, { seen: {}, change: { Active: false } }),
  ],
])('%s is told that %s is missing, and stays signed in', async (email, missing, write) => {
  const visitor = await signedIn(email)
  const { status, body } = await write(visitor)

  expect([status, body.code, body.missing]).toEqual([403, 'permission_missing', missing])
  expect((await visitor.request('/desk/session')).body.session.email).toBe(email)
  expect(await desk.history(id)).toHaveLength(1)
})

test('a webhook at a location out of reach counts as missing', async () => {
  const manager = await signedIn('manager@hookdesk.test')
  const foreign = await admin.create(draft({ BusinessId: siteId('berlin') }))

  const { status, body } = await manager.change(foreign.body.webhook.Id, {
    seen: {},
    change: { Active: false },
  })
  expect([status, body.code]).toEqual([404, 'not_found'])
  expect(await desk.calls()).not.toContain('PUT /api/sys/webhooks')
})

test('a person limited to two locations cannot move a webhook to a third', async () => {
  const manager = await signedIn('manager@hookdesk.test')
  const { status, body } = await manager.change(id, {
    seen: {},
    change: { BusinessId: siteId('berlin') },
  })
  expect([status, body.code]).toEqual([422, 'refused'])
  expect(body.Errors).toMatchObject([{ PropertyName: 'BusinessId' }])
})

test.each([
  ['http://10.0.0.1/hook', 'not-public'],
  ['http://127.1/hook', 'not-public'],
  ['http://[::ffff:192.168.0.1]/', 'not-public'],
  ['https://router.local/', 'not-public'],
  ['http://localhost:4402/', 'not-public'],
  ['javascript:alert(1)', 'incomplete'],
  ['hooks.example.com', 'incomplete'],
])('the URL %s is refused with its field, before any call to Nexudus', async (URL, block) => {
  const created = await admin.create(draft({ URL }))
  const changed = await admin.change(id, { seen: {}, change: { URL } })

  for (const { status, body } of [created, changed]) {
    expect([status, body.code, body.reason]).toEqual([400, 'bad_request', 'blocked_address'])
    expect(body.Errors).toEqual([{ PropertyName: 'URL', Message: '' }])
    expect([body.reason, body.block]).toEqual(['blocked_address', { code: block }])
  }
  expect(await desk.calls()).toEqual([])
})

test('a private address that an exception allows can be used', async () => {
  const { status } = await admin.create(draft({ URL: `${SANDBOX_RECEIVER}/receiver/door` }))
  expect(status).toBe(200)
})

test('a webhook that already has a blocked URL can still be paused', async () => {
  const { body } = await admin.create(draft())
  const { Id } = body.webhook
  const URL = 'http://10.0.0.1/old'
  await desk.db.update(webhooks).set({ url: URL }).where(eq(webhooks.id, Id))

  const paused = await admin.change(Id, { seen: { Active: true, URL }, change: { Active: false } })
  expect(paused.status).toBe(200)
  expect(paused.body.webhook).toMatchObject({ URL, Active: false })
})

test.each([
  ['no location', { BusinessId: 0 }, ['BusinessId']],
  ['no name', { Name: '  ' }, ['Name']],
  ['no address', { URL: '' }, ['URL']],
  ['everything missing', { BusinessId: 0, Action: 0, Name: '', URL: '' }, undefined],
  ['a text for a switch', { Active: 'yes' }, ['Active']],
])('a form with %s is refused by field before any call', async (_what, more, fields) => {
  const { status, body } = await admin.request('/desk/webhooks', {
    method: 'POST',
    body: { ...draft(), ...more },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  expect([status, body.code]).toEqual([400, 'bad_request'])
  const named = body.Errors.map(({ PropertyName }: { PropertyName: string }) => PropertyName)
  expect(named.toSorted()).toEqual(fields ?? ['Action', 'BusinessId', 'Name', 'URL'])
  expect(await desk.calls()).toEqual([])
})

test('read-only fields never reach Nexudus', async () => {
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const extra = { Id: 1, ErrorCount: 0, UpdatedBy: 'x', SystemId: 'mine', constructor: { a: 1 } }
  const input = draft()
  await admin.request('/desk/webhooks', { method: 'POST', body: { ...input, ...extra }, headers })
  const [record] = await desk.recordsNamed(input.Name)
  expect(record).toMatchObject({ systemId: null, updatedBy: 'admin@hookdesk.test' })

  const change = { Name: 'Renamed', ErrorCount: 99, Id: 5 }
  await admin.request(`/desk/webhooks/${record?.id}`, {
    method: 'PATCH',
    body: `{"seen":{"__proto__":{"Active":false}},"change":${JSON.stringify(change)}}`,
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  const [after] = await desk.db
    .select()
    .from(webhooks)
    .where(eq(webhooks.id, record?.id ?? 0))
  expect(after).toMatchObject({ name: 'Renamed', errorCount: 0 })
  expect(await desk.calls()).toContain(`GET ${PATH}/${record?.id}`)
})

test('a write without a key, or with a short one, is refused', async () => {
  for (const key of [null, 'short']) {
    const headers = { 'idempotency-key': key }
    const init = { method: 'POST', body: draft(), headers }
    const { status, body } = await admin.request('/desk/webhooks', init)
    expect([status, body.code]).toEqual([400, 'bad_request'])
  }
  expect(await desk.calls()).toEqual([])
})
