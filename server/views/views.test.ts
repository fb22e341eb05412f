import { afterEach, beforeEach, expect, test } from 'vitest'

import { VIEWS_AT_MOST } from '#contract/desk/views.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'
import { places } from '#server/watch/tables.ts'

import { savedViews } from './tables.ts'

const SHOREDITCH = 1_400_000_002
const ELSEWHERE = 77

const STOPPED = { name: 'Stopped', search: 'health=stopped&sort=name', isShared: false }

let desk: TestDesk
let admin: Visitor
let manager: Visitor
beforeEach(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  manager = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  await manager.signIn('manager@hookdesk.test')
})
afterEach(() => desk.close())

const save = (view: object, by = admin) =>
  by.request('/desk/views', { method: 'POST', body: { ...STOPPED, ...view } })
const change = (id: string, body: object, by = admin) =>
  by.request(`/desk/views/${id}`, { method: 'PATCH', body })
const remove = (id: string, by = admin) => by.request(`/desk/views/${id}`, { method: 'DELETE' })
const seen = async (by: Visitor) => {
  const { body } = await by.request('/desk/views')
  return body.views.map(({ name }: { name: string }) => name)
}
const signedIn = async (account: string) => {
  const visitor = desk.visitor()
  await visitor.signIn(`${account}@hookdesk.test`)
  return visitor
}

test('a view is its owner’s alone until an administrator shares it', async () => {
  const { status, body } = await save({ name: ' Stopped ' })
  expect(status).toBe(201)
  expect(body.views).toEqual([{ ...STOPPED, id: body.id, isOwn: true, by: 'admin@hookdesk.test' }])
  expect(await seen(manager)).toEqual([])

  await change(body.id, { isShared: true })
  const shared = await manager.request('/desk/views')
  expect(shared.body.views).toEqual([
    { ...STOPPED, id: body.id, isShared: true, isOwn: false, by: 'admin@hookdesk.test' },
  ])
  await change(body.id, { isShared: false })
  expect(await seen(manager)).toEqual([])
})

test('one’s own views come first, in the order in which they were saved', async () => {
  await save({ name: 'Shared', isShared: true })
  for (const name of ['Late', 'Early']) {
    desk.clock.pass(1_000)
    await save({ name }, manager)
  }
  expect(await seen(manager)).toEqual(['Late', 'Early', 'Shared'])
})

test('only an administrator shares, from the start or later', async () => {
  const direct = await save({ isShared: true }, manager)
  expect([direct.status, direct.body.reason]).toEqual([403, 'administrator'])
  const { body } = await save({}, manager)
  const later = await change(body.id, { isShared: true }, manager)
  expect([later.status, later.body.reason]).toEqual([403, 'administrator'])
  expect(await seen(admin)).toEqual([])
})

test('only its owner changes a view, and an administrator may delete a shared one', async () => {
  const named = await signedIn('named')
  const { body } = await save({ isShared: true })
  const asked = [
    await change(body.id, { name: 'Mine' }, manager),
    await change(body.id, { name: 'Mine' }, named),
    await change(body.id, { isShared: false }, named),
    await change(body.id, { isShared: true, search: '' }, named),
  ]
  expect(asked.map(({ body: { code, reason } }) => [code, reason])).toEqual(
    asked.map(() => ['not_found', 'view']),
  )
  expect((await remove(body.id, manager)).body.reason).toBe('administrator')
  expect((await remove(body.id, named)).status).toBe(200)
  expect(await seen(admin)).toEqual([])
})

test('a view that is not shared is not there for others, administrators included', async () => {
  const { body } = await save({}, manager)
  const answers = [await remove(body.id), await change(body.id, { name: 'Mine' })]
  expect(answers.map(({ status, body: { reason } }) => [status, reason])).toEqual([
    [404, 'view'],
    [404, 'view'],
  ])
  expect(await seen(manager)).toEqual(['Stopped'])
})

test('a person of another network sees no shared view, and cannot delete one', async () => {
  const named = await signedIn('named')
  const { body } = await save({ isShared: true })
  await desk.db.update(savedViews).set({ network: [ELSEWHERE] })
  // the accounts of the sandbox have no location of that network
  expect([await seen(manager), await seen(named)]).toEqual([[], []])
  expect((await remove(body.id, named)).body.reason).toBe('view')
  // its owner still has it
  expect(await seen(admin)).toEqual(['Stopped'])
})

test('a location that is newer than a shared view belongs to the network that is watched', async () => {
  await save({ isShared: true })
  await desk.db.update(savedViews).set({ network: [ELSEWHERE] })
  await desk.db.insert(places).values([
    { businessId: ELSEWHERE, name: 'Old' },
    { businessId: SHOREDITCH, name: 'New' },
  ])
  expect(await seen(manager)).toEqual(['Stopped'])
})

test('Nexudus is asked for locations only if others share views, and not at every list', async () => {
  const asked = async () => (await desk.calls()).filter((call) => call.includes('businesses'))
  await save({})
  await desk.startCounting()
  expect(await seen(admin)).toEqual(['Stopped'])
  expect(await asked()).toEqual([])

  await save({ name: 'Shared', isShared: true }, await signedIn('named'))
  expect(await seen(admin)).toEqual(['Stopped', 'Shared'])
  expect(await asked()).not.toEqual([])
  await desk.startCounting()
  expect(await seen(admin)).toEqual(['Stopped', 'Shared'])
  expect(await asked()).toEqual([])
})

test('a view is renamed, and gets other filters, without losing the rest', async () => {
  const { body } = await save({ isShared: true })
  await change(body.id, { name: 'STOPPED' })
  const changed = await change(body.id, { search: 'q=door' })
  expect(changed.body.views).toMatchObject([{ name: 'STOPPED', search: 'q=door', isShared: true }])
})

test('a name is used once by each person, whatever its case', async () => {
  await save({})
  const other = await save({ name: 'Other' })
  const twice = await save({ name: 'sTOPPED' })
  expect([twice.status, twice.body.reason]).toEqual([400, 'view_name_taken'])
  expect((await change(other.body.id, { name: 'stopped ' })).body.reason).toBe('view_name_taken')
  expect((await save({}, manager)).status).toBe(201)

  const atOnce = await Promise.all([save({ name: 'New' }), save({ name: 'NEW' })])
  expect(atOnce.map(({ status }) => status).toSorted()).toEqual([201, 400])
})

test('nobody has more than thirty', async () => {
  const names = Array.from({ length: VIEWS_AT_MOST - 1 }, (_, at) => `View ${at}`)
  for (const name of names) await save({ name })
  const atOnce = await Promise.all([save({ name: 'Last' }), save({ name: 'One too many' })])
  expect(atOnce.map(({ status }) => status).toSorted()).toEqual([201, 400])
  const more = await save({ name: 'More' })
  expect(more.body.reason).toBe('too_many_views')
  expect(await seen(admin)).toHaveLength(VIEWS_AT_MOST)
  expect((await save({}, manager)).status).toBe(201)
})

test('a view that cannot be is refused, and the error names its field', async () => {
  const wrong = [
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(61) }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ search: 'x'.repeat(2_001) }, 'search'],
    [{ search: 'q=\ud800' }, 'search'],
    [{ isShared: 'yes' }, 'isShared'],
  ] as const
  for (const [view, field] of wrong) {
    const { status, body } = await save(view)
    expect([status, body.Errors?.[0]?.PropertyName]).toEqual([400, field])
  }
  expect(await seen(admin)).toEqual([])
})
