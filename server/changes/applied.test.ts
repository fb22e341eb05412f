import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { RunItem } from '#contract/desk/run.ts'
import { runsOf } from '#server/runs/test-runs.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

const PATH = '/api/sys/webhooks'

let desk: TestDesk
let admin: Visitor
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  await desk.work()
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

const made = async () => (await admin.create(draft())).body.webhook

const ignore = (method: string, times = 1) =>
  desk.fault({ kind: 'ignored', method, path: PATH, times })

const failureIn = (reason: RunItem['reason']) =>
  reason?.is === 'failed' ? reason.failure.reason : undefined

test('a change that Nexudus accepts but does not make is an error that names the unchanged field', async () => {
  const before = await made()
  await ignore('PUT')
  const key = crypto.randomUUID()
  const change = { Name: 'Another name', Active: false }
  const first = await admin.change(before.Id, { seen: {}, change }, key)

  expect(first.status).toBe(502)
  expect(first.body).toMatchObject({
    code: 'not_applied',
    reason: 'changed_otherwise',
    fields: { unchanged: ['Name', 'Active'], otherwise: [], unread: [] },
  })
  expect(first.body.current).toMatchObject({ Id: before.Id, Name: before.Name, Active: true })
  expect(await desk.history(before.Id)).toHaveLength(1)

  // nothing was done under this key, so it can be used again
  const second = await admin.change(before.Id, { seen: {}, change }, key)
  expect([second.status, second.body.webhook.Name]).toEqual([200, 'Another name'])
})

test('a deletion that Nexudus accepts but does not carry out is an error', async () => {
  const before = await made()
  await ignore('DELETE')
  const key = crypto.randomUUID()
  const first = await admin.remove(before.Id, { Name: before.Name }, key)

  expect([first.status, first.body.code, first.body.reason]).toEqual([
    502,
    'not_applied',
    'not_deleted',
  ])
  expect(first.body.current.Id).toBe(before.Id)
  expect(await desk.history(before.Id)).toHaveLength(1)

  expect((await admin.remove(before.Id, { Name: before.Name }, key)).status).toBe(200)
  expect(await desk.recordsNamed(before.Name)).toEqual([])
})

test('a create that Nexudus accepts but does not make is an error, and a retry makes one webhook', async () => {
  const [key, input] = [crypto.randomUUID(), draft()]
  await ignore('POST')
  const first = await admin.create(input, key)

  expect([first.status, first.body.code, first.body.reason]).toEqual([
    502,
    'not_applied',
    'not_created',
  ])
  expect(first.body.outcome).toBe('unknown')
  expect((await admin.create(input, key)).status).toBe(200)
  expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
})

test('an item of a run that Nexudus accepts but does not carry out has failed, and can be retried', async () => {
  const runs = runsOf(admin)
  const [changed, removed] = [await made(), await made()]
  await ignore('PUT')
  await ignore('DELETE')
  const { id } = await runs.propose([
    { kind: 'change', webhookId: changed.Id, change: { Name: 'By the run' } },
    { kind: 'delete', webhookId: removed.Id },
  ])
  await runs.finish(id)

  expect((await runs.items(id)).map(({ state, reason }) => [state, failureIn(reason)])).toEqual([
    ['failed', 'changed_otherwise'],
    ['failed', 'not_deleted'],
  ])
  await runs.post(`/${id}/retry`)
  await runs.until(id, 'finished')
  expect((await runs.items(id)).map(({ state }) => state)).toEqual(['done', 'done'])
})

test('undo and restore fail, too, if Nexudus accepts them but does nothing', async () => {
  const runs = runsOf(admin)
  const webhook = await made()
  const run = await runs.propose([
    { kind: 'change', webhookId: webhook.Id, change: { Name: 'By the run' } },
  ])
  await runs.finish(run.id)
  await ignore('PUT')
  const undo = await runs.undo(run.id)
  await runs.finish(undo.id)
  expect((await runs.items(undo.id)).map(({ state }) => state)).toEqual(['failed'])

  const [entry] = (await desk.history(webhook.Id)).slice(-1)
  await ignore('PUT')
  const reverted = await admin.request(`/desk/history/${entry?.id}/revert`, {
    method: 'POST',
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  expect([reverted.status, reverted.body.code]).toEqual([502, 'not_applied'])
})
