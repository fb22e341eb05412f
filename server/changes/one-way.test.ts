import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

let desk: TestDesk
let admin: Visitor
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

async function made(more: Partial<WebhookInput> = {}) {
  const { body } = await admin.create(draft(more))
  await desk.startCounting()
  return body.webhook
}

test("a create answers with Nexudus' record, and the history names its author", async () => {
  const input = draft()
  const { status, body } = await admin.create(input)

  expect(status).toBe(200)
  expect(body.webhook).toMatchObject({ ...input, UpdatedBy: 'admin@hookdesk.test', ErrorCount: 0 })
  expect(await desk.recordsNamed(input.Name)).toMatchObject([{ id: body.webhook.Id }])
  expect(await desk.history(body.webhook.Id)).toMatchObject([
    {
      kind: 'create',
      by: 'admin@hookdesk.test',
      businessId: input.BusinessId,
      before: null,
      after: body.webhook,
    },
  ])
})

test.each(['id', 'record'])(
  'a create works whether Nexudus answers with the %s',
  async (answer) => {
    await desk.switches({ createAnswer: answer })
    const { status, body } = await admin.create(draft())
    await desk.switches({ createAnswer: 'id' })

    expect(status).toBe(200)
    expect(body.webhook.Id).toBeGreaterThan(1_400_000_000)
  },
)

test('a change writes the whole record, and the history has it before and after', async () => {
  const before = await made()
  const { status, body } = await admin.change(before.Id, {
    seen: { Name: before.Name, Active: true },
    change: { Active: false },
  })

  expect(status).toBe(200)
  expect(body.webhook).toMatchObject({ ...before, Active: false, UpdatedOn: expect.any(String) })
  expect(await desk.calls()).toEqual([
    `GET /api/sys/webhooks/${before.Id}`,
    'PUT /api/sys/webhooks',
    `GET /api/sys/webhooks/${before.Id}`,
  ])
  expect((await desk.history(before.Id)).at(-1)).toMatchObject({
    kind: 'change',
    by: 'admin@hookdesk.test',
    businessId: before.BusinessId,
    before,
    after: body.webhook,
  })
})

test('an emptied description is stored as none', async () => {
  const { Id } = await made()
  const { body } = await admin.change(Id, {
    seen: { Description: 'For the door' },
    change: { Description: '' },
  })
  expect(body.webhook.Description).toBeNull()
})

test('after a move the history keeps the earlier location', async () => {
  const { Id } = await made()
  const BusinessId = siteId('manchester')
  const { body } = await admin.change(Id, { seen: {}, change: { BusinessId } })

  expect(body.webhook.BusinessId).toBe(BusinessId)
  expect((await desk.history(Id)).at(-1)).toMatchObject({
    before: { BusinessId: siteId('shoreditch') },
    after: { BusinessId },
  })
})

test('a removed webhook is gone, and the history has its record', async () => {
  const before = await made()
  const { status, body } = await admin.remove(before.Id, { Name: before.Name, Active: true })

  expect([status, body]).toEqual([200, { removed: before.Id, entry: expect.any(Number) }])
  expect(await desk.recordsNamed(before.Name)).toEqual([])
  expect((await desk.history(before.Id)).at(-1)).toMatchObject({
    kind: 'delete',
    by: 'admin@hookdesk.test',
    before,
    after: null,
  })
})

test.each<[string, Partial<WebhookInput>]>([
  ['the field that is changed', { URL: 'https://hooks.example.com/theirs' }],
  ['a field the person relied on', { Description: 'Theirs' }],
])('two tabs: nothing is written if another person changed %s', async (_what, theirs) => {
  const before = await made()
  await admin.change(before.Id, { seen: {}, change: theirs })
  await desk.startCounting()

  const { status, body } = await admin.change(before.Id, {
    seen: { URL: before.URL, Description: before.Description },
    change: { URL: 'https://hooks.example.com/mine' },
  })
  expect([status, body.code]).toEqual([409, 'edit_conflict'])
  expect(body.current).toMatchObject({ Id: before.Id, ...theirs })
  expect(await desk.calls()).toEqual([`GET /api/sys/webhooks/${before.Id}`])
  expect(await desk.recordsNamed(before.Name)).toMatchObject([{ updatedBy: 'admin@hookdesk.test' }])
  expect(await desk.history(before.Id)).toHaveLength(2)
})

test('a webhook that somebody changed is not deleted unseen', async () => {
  const before = await made()
  await admin.change(before.Id, { seen: {}, change: { Active: false } })

  const { status, body } = await admin.remove(before.Id, { Active: true })
  expect([status, body.code, body.current.Active]).toEqual([409, 'edit_conflict', false])
  expect(await desk.recordsNamed(before.Name)).toHaveLength(1)
})

test('a firing between reading and saving is no conflict', async () => {
  const before = await made()
  desk.clock.pass(1000)
  // UpdatedOn moves, but no field that people edit
  await admin.change(before.Id, { seen: {}, change: { Active: false } })
  await admin.change(before.Id, { seen: {}, change: { Active: true } })

  const { status, body } = await admin.change(before.Id, {
    seen: { ...draft({ Name: before.Name }) },
    change: { Action: 7 },
  })
  expect([status, body.webhook.Action]).toEqual([200, 7])
})

test('it is no conflict if somebody else set the same value meanwhile', async () => {
  const before = await made()
  const change = { URL: 'https://hooks.example.com/agreed', Action: 8 }
  await admin.change(before.Id, { seen: {}, change: { URL: change.URL } })

  const { status, body } = await admin.change(before.Id, {
    seen: { URL: before.URL, Action: before.Action },
    change,
  })
  expect(status).toBe(200)
  expect(body.webhook).toMatchObject(change)
})

test('an unchanged value is neither written nor noted', async () => {
  const before = await made()
  const { status, body } = await admin.change(before.Id, {
    seen: { Active: false },
    change: { Active: true, Description: 'For the door' },
  })

  expect([status, body.webhook]).toEqual([200, before])
  expect(await desk.calls()).toEqual([`GET /api/sys/webhooks/${before.Id}`])
  expect(await desk.history(before.Id)).toHaveLength(1)
})

test('changing a webhook that somebody deleted meanwhile is refused', async () => {
  const { Id } = await made()
  await admin.remove(Id, {})

  const { status, body } = await admin.change(Id, { seen: {}, change: { Active: false } })
  expect([status, body.code]).toEqual([404, 'not_found'])
})

test('deleting a webhook that somebody deleted meanwhile is refused', async () => {
  const { Id } = await made()
  await admin.remove(Id, {})

  const { status, body } = await admin.remove(Id, {})
  expect([status, body.code]).toEqual([404, 'not_found'])
  expect((await desk.history(Id)).map(({ kind }) => kind)).toEqual(['create', 'delete'])
})

test('a webhook counts as gone even if Nexudus answers 500 for its id', async () => {
  const { Id } = await made()
  await admin.remove(Id, {})
  await desk.switches({ missingId: '500' })
  const changed = await admin.change(Id, { seen: {}, change: { Active: false } })
  const removed = await admin.remove(Id, {})
  await desk.switches({ missingId: '404' })

  expect([changed.status, changed.body.code]).toEqual([404, 'not_found'])
  expect([removed.status, removed.body.code]).toEqual([404, 'not_found'])
})

test('a 500 for an existing webhook is a failure of Nexudus, not a deletion', async () => {
  const { Id, Name } = await made()
  await desk.fault({ kind: 'error', method: 'GET', path: `/api/sys/webhooks/${Id}`, times: 20 })

  const changed = await admin.change(Id, { seen: {}, change: { Active: false } })
  expect([changed.status, changed.body.code]).toEqual([502, 'upstream_error'])
  expect(changed.body.outcome).toBeUndefined()
  const removed = await admin.remove(Id, {})
  expect([removed.status, removed.body.code]).toEqual([502, 'upstream_error'])
  expect(await desk.recordsNamed(Name)).toHaveLength(1)
})
