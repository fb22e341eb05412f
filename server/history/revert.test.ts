import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { HistoryEntry } from '#contract/desk/history.ts'
import { draft } from '#server/changes/test-draft.ts'
import { changes } from '#server/db/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

let desk: TestDesk
let admin: Visitor
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

const made = async () => (await admin.create(draft())).body.webhook

async function newest(webhookId: number): Promise<HistoryEntry> {
  return (await admin.request(`/desk/history?webhook=${webhookId}&limit=1`)).body.entries[0]
}

const revert = (id: number, key: string = crypto.randomUUID(), visitor = admin) =>
  visitor.request(`/desk/history/${id}/revert`, {
    method: 'POST',
    headers: { 'idempotency-key': key },
  })

test('reverting a change keeps later changes of other fields, and the history has both changes', async () => {
  const before = await made()
  const change = { URL: 'https://hooks.example.com/new', Description: '' }
  await admin.change(before.Id, { seen: {}, change })
  const entry = await newest(before.Id)
  await admin.change(before.Id, { seen: {}, change: { Name: 'Renamed since' } })

  const { status, body } = await revert(entry.id)
  expect(status).toBe(200)
  expect(body.restoredAs).toBeUndefined()
  const { URL, Description } = before
  expect(body.webhook).toMatchObject({ Id: before.Id, URL, Description, Name: 'Renamed since' })
  expect(await newest(before.Id)).toMatchObject({ kind: 'change', by: 'admin@hookdesk.test' })
  expect(await desk.history(before.Id)).toHaveLength(4)
})

test('a change is not reverted if somebody changed the same field since', async () => {
  const { Id } = await made()
  await admin.change(Id, { seen: {}, change: { Action: 7 } })
  const entry = await newest(Id)
  await admin.change(Id, { seen: {}, change: { Action: 8 } })

  const { status, body } = await revert(entry.id)
  expect([status, body.code, body.current.Action]).toEqual([409, 'edit_conflict', 8])
})

test('reverting a create deletes the webhook, unless it was changed since', async () => {
  const [kept, removed] = [await made(), await made()]
  const [ofKept, ofRemoved] = [await newest(kept.Id), await newest(removed.Id)]
  await admin.change(kept.Id, { seen: {}, change: { Active: false } })

  const refused = await revert(ofKept.id)
  expect([refused.status, refused.body.code]).toEqual([409, 'edit_conflict'])
  const { status, body } = await revert(ofRemoved.id)
  expect([status, body]).toEqual([200, { webhook: null }])
  expect(await desk.recordsNamed(removed.Name)).toEqual([])
  expect(await newest(removed.Id)).toMatchObject({ kind: 'delete' })
})

test('a deleted webhook is restored switched off, with a new id, and once per press', async () => {
  const before = await made()
  await admin.remove(before.Id, {})
  const entry = await newest(before.Id)
  const key = crypto.randomUUID()
  const [first, second] = [await revert(entry.id, key), await revert(entry.id, key)]

  expect([first.status, second.status]).toEqual([200, 200])
  expect(second.body).toEqual(first.body)
  const { Name, URL, Description, Action, BusinessId } = before
  const restored = { Name, URL, Description, Action, BusinessId, Active: false }
  expect(first.body.webhook).toMatchObject({ ...restored, Id: first.body.restoredAs })
  expect(first.body.restoredAs).not.toBe(before.Id)
  expect(await desk.recordsNamed(Name)).toHaveLength(1)
})

test('reverting a change of a deleted webhook is refused', async () => {
  const { Id } = await made()
  await admin.change(Id, { seen: {}, change: { Active: false } })
  const entry = await newest(Id)
  await admin.remove(Id, {})

  const { status, body } = await revert(entry.id)
  expect([status, body.code]).toEqual([404, 'not_found'])
})

test('a change made elsewhere cannot be reverted', async () => {
  const { Id, BusinessId } = await made()
  const [row] = await desk.db
    .insert(changes)
    .values({
      kind: 'outside',
      by: '',
      at: desk.clock.now(),
      since: desk.clock.now(),
      intent: '',
      webhookId: Id,
      businessId: BusinessId,
      before: { BusinessId, Active: true },
      after: { BusinessId, Active: false },
    })
    .returning()
  const { status, body } = await revert(row?.id ?? 0)
  expect([status, body.code, body.reason]).toEqual([400, 'bad_request', 'nothing_to_revert'])
})

test('a person without the role is refused by Nexudus, and nothing happens', async () => {
  const viewer = desk.visitor()
  await viewer.signIn('viewer@hookdesk.test')
  const { Id } = await made()
  await admin.change(Id, { seen: {}, change: { Active: false } })

  const { status, body } = await revert((await newest(Id)).id, undefined, viewer)
  expect([status, body.code, body.missing]).toEqual([403, 'permission_missing', 'WebHook-Edit'])
  expect(await desk.history(Id)).toHaveLength(2)
})

test('a revert requires a key', async () => {
  const { Id } = await made()
  const { id } = await newest(Id)
  const { status, body } = await admin.request(`/desk/history/${id}/revert`, { method: 'POST' })
  expect([status, body.code]).toEqual([400, 'bad_request'])
})
