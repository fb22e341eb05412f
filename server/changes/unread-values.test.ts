import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { HistoryEntry } from '#contract/desk/history.ts'
import type { RunChange, RunItem } from '#contract/desk/run.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { countsOf, runsOf } from '#server/runs/test-runs.ts'
import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, json } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let admin: Visitor
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
beforeEach(() => {
  upstream.forget()
  upstream.records.clear()
})
afterAll(() => desk.close())

let lastId = 1_400_000_500

/** Adds a webhook with unreadable values to the fake Nexudus. */
function kept(values: Record<string, unknown>): number {
  const Id = (lastId += 1)
  const whole = { ...draft(), ErrorCount: 0, LastError: null, LastTrigger: null, Id }
  upstream.records.set(Id, JSON.stringify({ ...whole, ...values }))
  return Id
}

const stored = (id: number): Record<string, unknown> => JSON.parse(upstream.records.get(id) ?? '{}')

async function newest(webhookId: number): Promise<HistoryEntry> {
  return (await admin.request(`/desk/history?webhook=${webhookId}&limit=1`)).body.entries[0]
}

const readList = () => admin.request('/api/sys/webhooks?page=1&size=1000')

async function itemsOf(...changes: RunChange[]): Promise<RunItem[]> {
  const runs = runsOf(admin)
  return runs.items((await runs.propose(changes)).id)
}

const ODD = { Active: 'maybe', ErrorCount: 'lots', Action: { number: 6 } }

test('an unreadable value is sent back unchanged when another field changes', async () => {
  const Id = kept(ODD)
  const seen = { Name: String(stored(Id).Name), Active: null, Action: UNREAD_ACTION }
  const { status, body } = await admin.change(Id, { seen, change: { Name: 'Renamed' } })
  expect([status, body.code]).toEqual([200, undefined])
  expect(body.webhook).toMatchObject({ Active: null, ErrorCount: null, Action: UNREAD_ACTION })
  expect(stored(Id)).toMatchObject({ ...ODD, Name: 'Renamed' })
  expect((await newest(Id)).diff.map(({ field }) => field)).toEqual(['Name'])
})

test('a person can set an unreadable switch, but that change cannot be reverted', async () => {
  const Id = kept(ODD)
  const { status } = await admin.change(Id, { seen: { Active: null }, change: { Active: true } })
  expect(status).toBe(200)
  expect(stored(Id).Active).toBe(true)
  expect(await newest(Id)).toMatchObject({
    diff: [{ field: 'Active', from: null, to: 'true' }],
    isRevertible: false,
  })
})

test('a switch that cannot be read back is not reported as unchanged', async () => {
  const Id = kept({ Active: 'maybe' })
  upstream.tell('PUT', '/api/sys/webhooks', () =>
    json({ Status: 200, Message: 'Done.', Value: { Id }, Errors: null, WasSuccessful: true }),
  )
  const { body } = await admin.change(Id, { seen: { Active: null }, change: { Active: true } })
  expect([body.code, body.reason, body.fields]).toEqual([
    'not_applied',
    'changed_otherwise',
    { unchanged: [], otherwise: [], unread: ['Active'] },
  ])
})

test('a person who saw a webhook on, or off, learns that its state is now unreadable', async () => {
  const Id = kept(ODD)
  const { body } = await admin.change(Id, { seen: { Active: true }, change: { Name: 'Renamed' } })
  expect([body.code, body.current.Active]).toEqual(['edit_conflict', null])
})

test.each([undefined, null])(
  'a record whose Active is %s is never written without a value for it',
  async (Active) => {
    const Id = kept({ Active })
    const refused = await admin.change(Id, { seen: {}, change: { Name: 'Renamed' } })
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({
      code: 'bad_request',
      reason: 'active_unread',
      Errors: [{ PropertyName: 'Active', Message: '' }],
    })
    expect(upstream.arrived('PUT')).toEqual([])

    const change = { Name: 'Renamed', Active: true }
    expect((await admin.change(Id, { seen: {}, change })).status).toBe(200)
    expect(stored(Id)).toMatchObject(change)
  },
)

test('in a dry run an unreadable value is never the wanted one, and seeing it is no conflict', async () => {
  const Id = kept(ODD)
  const of = { kind: 'change', webhookId: Id } as const
  const items = await itemsOf(
    { ...of, change: { Active: false } },
    { ...of, change: { Action: 6 }, seen: { Active: null, Action: UNREAD_ACTION } },
    { ...of, change: { Name: 'Renamed' }, seen: { Active: false } },
  )
  expect(items.map(({ state }) => state)).toEqual(['ready', 'ready', 'conflict'])
  expect(items[0]?.diff).toEqual([{ field: 'Active', from: null, to: 'false' }])
  expect(items[1]?.diff).toEqual([{ field: 'Action', from: null, to: '6' }])
})

test('a webhook with an unreadable action can be deleted, but not restored', async () => {
  const Id = kept(ODD)
  expect((await admin.remove(Id, { Action: UNREAD_ACTION })).status).toBe(200)
  expect(await newest(Id)).toMatchObject({ isRevertible: false, action: UNREAD_ACTION })
})

test('an unreadable count does not keep Hookdesk from observing other webhooks', async () => {
  const [odd, plain] = [kept({ Active: false, ErrorCount: 'lots' }), kept({ ErrorCount: 4 })]
  for (const id of [odd, plain]) {
    const { Active } = stored(id)
    await admin.change(id, { seen: {}, change: { Active: !Active } })
  }
  upstream.records.set(odd, JSON.stringify({ ...stored(odd), ErrorCount: 3 }))
  upstream.records.set(plain, JSON.stringify({ ...stored(plain), ErrorCount: '1' }))
  desk.clock.pass(60_000)
  await readList()
  const switchOf = async (id: number) =>
    (await admin.request('/desk/facts')).body.facts[id].switched
  const recounted = { errorCount: 4, isRecounted: true }
  await expect.poll(() => switchOf(plain)).toMatchObject(recounted)
  // every failure counted by now is taken as new
  expect(await switchOf(odd)).toMatchObject({ errorCount: 0, isRecounted: false })
})

test('a duplicate that was switched off during a run is named, and can be switched on', async () => {
  const input = draft({ URL: 'https://hooks.example.com/late-duplicate' })
  const runs = runsOf(admin)
  const run = await runs.propose([{ kind: 'create', input }])
  const Id = kept({ ...input, Name: 'By hand', Active: false, ErrorCount: 10 })
  expect(countsOf(await runs.finish(run.id))).toEqual({ same: 1 })
  expect(await runs.items(run.id)).toMatchObject([
    {
      state: 'same',
      webhookId: Id,
      isDuplicateOff: true,
      name: 'By hand',
      reason: { is: 'duplicate', of: { id: Id, name: 'By hand', active: false, failures: 10 } },
    },
  ])
})

test('a duplicate that is on, or may be, is not offered for switching on', async () => {
  const [both, unread] = [
    draft({ URL: 'https://hooks.example.com/both' }),
    draft({ URL: 'https://hooks.example.com/unread' }),
  ]
  const on = kept({ ...both, Active: 'true' })
  kept({ ...both, Active: false, ErrorCount: 10 })
  kept({ ...unread, Active: 'maybe' })
  const items = await itemsOf({ kind: 'create', input: both }, { kind: 'create', input: unread })
  expect(items.map(({ state, isDuplicateOff }) => [state, isDuplicateOff])).toEqual([
    ['same', undefined],
    ['same', undefined],
  ])
  expect(items[0]?.webhookId).toBe(on)
  expect(items[1]?.reason).toMatchObject({ is: 'duplicate', of: { active: null } })
})
