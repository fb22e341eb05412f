import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import { draft } from '#server/changes/test-draft.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { countsOf, runsOf } from './test-runs.ts'

let desk: TestDesk
let admin: Visitor
let runs: ReturnType<typeof runsOf>
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  runs = runsOf(admin)
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

const GONE = 1_499_999_999
/** A webhook with a URL that no other has. */
const own = (more: Partial<WebhookInput> = {}) =>
  draft({ URL: `https://hooks.example.com/${crypto.randomUUID()}`, ...more })
const made = async (more: Partial<WebhookInput> = {}) =>
  (await admin.create(own(more))).body.webhook
const read = async (id: number) => (await admin.request(`/api/sys/webhooks/${id}`)).body
const pause = (webhookId: number) =>
  ({ kind: 'change', webhookId, change: { Active: false } }) as const

const TITLE = { act: 'pause', count: 1 }

test('a dry run reads current records and sorts the items, and writes nothing', async () => {
  const [on, off, moved, duplicate] = await Promise.all([
    made(),
    made({ Active: false }),
    made(),
    made({ URL: 'https://duplicate.example.com/' }),
  ])
  await desk.startCounting()
  const run = await runs.propose([
    pause(on.Id),
    pause(off.Id),
    pause(GONE),
    { kind: 'change', webhookId: moved.Id, seen: { Name: 'Before' }, change: { Name: 'After' } },
    { kind: 'create', input: draft({ URL: 'https://new.example.com/' }) },
    { kind: 'create', input: draft({ URL: 'https://new.example.com/' }) },
    { kind: 'create', input: draft({ URL: 'https://duplicate.example.com/' }) },
    { kind: 'create', input: draft({ URL: 'http://10.0.0.1/' }) },
    { kind: 'delete', webhookId: on.Id, seen: { Name: on.Name } },
  ])
  const items = await runs.items(run.id)

  expect(items.map(({ state }) => state)).toEqual([
    'ready',
    'same',
    'missing',
    'conflict',
    'ready',
    'same',
    'same',
    'barred',
    'ready',
  ])
  expect(items[0]).toMatchObject({
    name: on.Name,
    diff: [{ field: 'Active', from: 'true', to: 'false' }],
  })
  expect(items[6]?.reason).toMatchObject({ is: 'duplicate', of: { name: duplicate.Name } })
  expect(countsOf(run)).toEqual({ ready: 3, same: 3, missing: 1, conflict: 1, barred: 1 })
  // the missing webhook is asked for by its id before it is called missing
  expect(await desk.calls()).toEqual(['GET /api/sys/webhooks', `GET /api/sys/webhooks/${GONE}`])
})

test('a change of a description reads single records, because list rows lack it', async () => {
  const [same, other] = await Promise.all([made({ Description: 'For the door' }), made()])
  const describe = (webhookId: number, Description: string) =>
    ({ kind: 'change', webhookId, change: { Description } }) as const
  const run = await runs.propose([
    describe(same.Id, 'For the door'),
    describe(other.Id, 'For the gate'),
  ])
  expect((await runs.items(run.id)).map(({ state, diff }) => [state, diff])).toEqual([
    ['same', []],
    ['ready', [{ field: 'Description', from: 'For the door', to: 'For the gate' }]],
  ])
})

test('a run does ready items, omits unticked ones, and its changes are in the history', async () => {
  const [one, two, three] = await Promise.all([made(), made(), made()])
  const { id } = await runs.propose([pause(one.Id), pause(two.Id), pause(three.Id)])
  const untick = (await runs.items(id))[1]
  const run = await runs.finish(id, [untick?.id ?? 0])

  expect(countsOf(run)).toEqual({ done: 2, 'left-out': 1 })
  expect(run.undoable).toBe(2)
  const actives = await Promise.all(
    [one, two, three].map(async ({ Id }) => (await read(Id)).Active),
  )
  expect(actives).toEqual([false, true, false])
  // only the one field has changed, and above all not the description
  expect(await read(one.Id)).toMatchObject({ Name: one.Name, Description: one.Description })
  expect((await desk.history(one.Id)).map(({ kind, runId }) => [kind, runId])).toEqual([
    ['create', null],
    ['change', id],
  ])
})

test('creates and deletes are carried out, and name their webhook', async () => {
  const old = await made()
  const input = own()
  const { id } = await runs.propose([
    { kind: 'create', input },
    { kind: 'delete', webhookId: old.Id, seen: { Name: old.Name, URL: old.URL } },
  ])
  expect(countsOf(await runs.finish(id))).toEqual({ done: 2 })
  const [created] = await runs.items(id)
  expect(await read(created?.webhookId ?? 0)).toMatchObject({ Name: input.Name })
  expect((await admin.request(`/api/sys/webhooks/${old.Id}`)).status).toBe(404)
})

test('a webhook that changed after the dry run is left alone and reported', async () => {
  const [moved, deleted, paused] = await Promise.all([made(), made(), made()])
  const rename = (webhookId: number) =>
    ({ kind: 'change', webhookId, change: { Name: 'Renamed by the run' } }) as const
  const { id } = await runs.propose([rename(moved.Id), rename(deleted.Id), pause(paused.Id)])
  const seen = { Name: moved.Name }
  await admin.change(moved.Id, { seen, change: { Name: 'Somebody else was here' } })
  await admin.remove(deleted.Id, {})
  await admin.change(paused.Id, { seen: { Active: true }, change: { Active: false } })

  const run = await runs.finish(id)
  expect(countsOf(run)).toEqual({ conflict: 1, missing: 1, same: 1 })
  expect((await read(moved.Id)).Name).toBe('Somebody else was here')
  expect((await runs.items(id))[0]?.reason).toEqual({
    is: 'changed',
    by: expect.stringContaining('@') as string,
  })
})

test('a proposal sent twice is one run, and so is a start pressed twice', async () => {
  const { Id } = await made()
  const [body, key] = [{ title: TITLE, changes: [pause(Id)] }, crypto.randomUUID()]
  const [first, second] = await Promise.all([runs.post('', body, key), runs.post('', body, key)])
  expect(second.body.run.id).toBe(first.body.run.id)

  const { id } = await runs.until(first.body.run.id, 'proposed')
  const starts = await Promise.all([runs.start(id), runs.start(id)])
  await runs.until(id, 'finished')
  expect(starts.map(({ status }) => status).toSorted()[0]).toBe(200)
  expect((await desk.history(Id)).filter(({ runId }) => runId === id)).toHaveLength(1)
})

test('a run that was not started writes nothing, and can be discarded', async () => {
  const { Id } = await made()
  const { id } = await runs.propose([pause(Id)])
  expect((await runs.post(`/${id}/discard`)).body.run.state).toBe('stopped')
  expect((await runs.start(id)).status).toBe(400)
  expect((await runs.post(`/${id}/continue`)).status).toBe(400)
  expect((await read(Id)).Active).toBe(true)
})

test('only its maker can see a run', async () => {
  const { Id } = await made()
  const { id } = await runs.propose([pause(Id)])
  const manager = desk.visitor()
  await manager.signIn('manager@hookdesk.test')
  const theirs = runsOf(manager)
  for (const path of [`/${id}`, `/${id}/items`]) {
    expect((await manager.request(`/desk/runs${path}`)).status).toBe(404)
  }
  for (const act of ['start', 'pause', 'stop', 'continue', 'retry', 'discard', 'undo']) {
    expect((await theirs.post(`/${id}/${act}`, { leftOut: [] })).status).toBe(404)
  }
  expect((await desk.visitor().request('/desk/runs')).status).toBe(401)
})

test('items that the account may not do are barred before anything is sent', async () => {
  const { Id } = await made()
  const viewer = desk.visitor()
  await viewer.signIn('viewer@hookdesk.test')
  const theirs = runsOf(viewer)
  const run = await theirs.propose([pause(Id), { kind: 'create', input: draft() }])
  expect((await theirs.items(run.id)).map(({ state, reason }) => [state, reason])).toEqual([
    ['barred', { is: 'role-missing', role: 'WebHook-Edit' }],
    ['barred', { is: 'role-missing', role: 'WebHook-Create' }],
  ])
  const manager = desk.visitor()
  await manager.signIn('manager@hookdesk.test')
  const elsewhere = await runsOf(manager).propose([
    { kind: 'create', input: draft({ BusinessId: 1_400_000_005 }) },
  ])
  expect(countsOf(elsewhere)).toEqual({ barred: 1 })
})

test('no answer about a run holds the secrets of a URL', async () => {
  const { Id } = await made({ URL: 'https://u5er:pa55@hooks.example.com/in?key=s3cr3t' })
  const { id } = await runs.propose([
    { kind: 'delete', webhookId: Id },
    { kind: 'change', webhookId: Id, change: { URL: 'https://new.example.com/in?key=t0ken' } },
  ])
  const { text } = await admin.request(`/desk/runs/${id}/items`)
  expect(text).toContain('new.example.com')
  expect(text).not.toMatch(/s3cr3t|t0ken|pa55/)
})

test('a paused or stopped run stands still, and can continue', async () => {
  const webhooks = await Promise.all(Array.from({ length: 12 }, () => made()))
  const { id } = await runs.propose(webhooks.map(({ Id }) => pause(Id)))
  await desk.fault({ kind: 'slow', method: 'PUT', delayMs: 150, times: 12 })
  await runs.start(id)
  expect((await runs.post(`/${id}/pause`)).body.run.state).toBe('paused')
  const then = (await runs.get(id)).counts.done
  expect(then).toBeLessThan(12)

  await runs.post(`/${id}/continue`)
  await runs.post(`/${id}/stop`)
  const stopped = await runs.until(id, 'stopped')
  expect(stopped.counts.done + stopped.counts.ready).toBe(12)
  await runs.post(`/${id}/continue`)
  const { counts } = await runs.until(id, 'finished')
  expect(counts.done).toBe(12)
  for (const { Id } of webhooks) {
    expect((await desk.history(Id)).filter(({ runId }) => runId === id)).toHaveLength(1)
  }
})

test('a run whose maker signed out reports its wait, and continues with the next session', async () => {
  const somebody = desk.visitor()
  await somebody.signIn('admin@hookdesk.test')
  const webhooks = await Promise.all([made(), made(), made()])
  const { id } = await runsOf(somebody).propose(webhooks.map(({ Id }) => pause(Id)))
  await desk.fault({ kind: 'slow', method: 'PUT', delayMs: 500 })
  await runsOf(somebody).start(id)
  await somebody.signOut()

  // the same account, on another machine
  const waitsFor = async () => (await runs.get(id)).wait?.for
  await expect.poll(waitsFor).toBe('session')
  expect((await runs.get(id)).counts.ready).toBeGreaterThan(0)
  await runs.post(`/${id}/continue`)
  expect(countsOf(await runs.until(id, 'finished'))).toEqual({ done: 3 })
})

test('a deleted webhook with a duplicate is restored all the same, and only once', async () => {
  const first = own()
  const [kept, deleted] = await Promise.all([
    admin.create(first),
    admin.create({ ...first, Name: `${first.Name}, once more` }),
  ])
  const { id } = await runs.propose([{ kind: 'delete', webhookId: deleted.body.webhook.Id }])
  await runs.finish(id)
  expect(countsOf(await runs.finish((await runs.undo(id)).id))).toEqual({ done: 1 })
  expect(countsOf(await runs.undo(id))).toEqual({ same: 1 })
  expect((await read(kept.body.webhook.Id)).Name).toBe(first.Name)
})

test('undo leaves webhooks that changed in between alone, lists them, and reverts the rest', async () => {
  const [paused, renamed, deleted, touched] = await Promise.all([
    made({ Description: 'Ask Ana' }),
    made({ Description: 'Ask Bo' }),
    made({ Description: 'Ask Cy' }),
    made(),
  ])
  const input = own()
  const { id } = await runs.propose([
    pause(paused.Id),
    { kind: 'change', webhookId: renamed.Id, change: { Name: 'New', Description: '', Action: 7 } },
    { kind: 'delete', webhookId: deleted.Id },
    pause(touched.Id),
    { kind: 'create', input },
  ])
  expect(countsOf(await runs.finish(id))).toEqual({ done: 5 })
  await admin.change(touched.Id, { seen: { Active: false }, change: { Active: true } })
  await admin.change(touched.Id, { seen: {}, change: { Name: 'Touched' } })

  const inverse = await runs.undo(id)
  expect(inverse.undoes).toBe(id)
  const run = await runs.finish(inverse.id)
  const items = await runs.items(run.id)
  expect(countsOf(run)).toEqual({ done: 4, same: 1 })

  const editable = ({ BusinessId, Action, Name, URL, Description, Active }: WebhookInput) => ({
    BusinessId,
    Action,
    Name,
    URL,
    Description,
    Active,
  })
  expect(editable(await read(paused.Id))).toEqual(editable(paused))
  expect(editable(await read(renamed.Id))).toEqual(editable(renamed))
  expect((await read(touched.Id)).Name).toBe('Touched')
  const again = items.find(({ kind }) => kind === 'create')
  expect(again?.webhookId).not.toBe(deleted.Id)
  expect(editable(await read(again?.webhookId ?? 0))).toEqual({
    ...editable(deleted),
    Active: false,
  })
  expect(await desk.recordsNamed(input.Name)).toHaveLength(0)
  expect((await runs.get(id)).undoneBy).toBe(run.id)
})

test('undo lists the people who changed a field since the run', async () => {
  const { Id, Name } = await made()
  const { id } = await runs.propose([{ kind: 'change', webhookId: Id, change: { Name: 'By run' } }])
  await runs.finish(id)
  await admin.change(Id, { seen: {}, change: { Name: 'By hand' } })
  const inverse = await runs.undo(id)
  expect(countsOf(inverse)).toEqual({ conflict: 1 })
  expect((await runs.items(inverse.id))[0]?.reason).toEqual({
    is: 'changed',
    fields: ['Name'],
    by: expect.stringContaining('@') as string,
  })
  expect((await read(Id)).Name).not.toBe(Name)
})

test('a run with too many items, or with none, is refused', async () => {
  const many = Array.from({ length: 5_001 }, (_, at) => pause(at + 1))
  expect((await runs.post('', { title: TITLE, changes: many })).status).toBe(400)
  expect((await runs.post('', { title: TITLE, changes: [] })).status).toBe(400)
  expect(
    (await runs.post('', { title: { act: 'copy', to: ' ' }, changes: [pause(1)] })).status,
  ).toBe(400)
})
