import { eq, gte } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'

import { webhooks } from '#sandbox/db/tables.ts'
import { draft } from '#server/changes/test-draft.ts'
import { changes, intents, seen } from '#server/db/tables.ts'
import type { AccountCall } from '#server/nexudus/account.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { spanOf } from './missing.ts'
import { createObserver } from './observe.ts'

const PATH = '/api/sys/webhooks'

describe('the span of ids that a page of the list covers', () => {
  const asked = new URLSearchParams({ page: '2', size: '3' })
  const page = {
    Records: [{ Id: 4 }, { Id: 6 }, { Id: 9 }],
    CurrentPage: 2,
    TotalPages: 3,
  }

  test('runs from its first to its last record', () => {
    expect(spanOf(page, asked)?.span).toEqual({ from: 4, to: 9 })
  })

  test('has no lower end on the first page, and no upper end on the last', () => {
    const whole = { ...page, CurrentPage: 1, TotalPages: 1 }
    expect(spanOf(whole, new URLSearchParams())?.span).toEqual({
      from: 0,
      to: Number.MAX_SAFE_INTEGER,
    })
  })

  test.each([
    ['empty', { ...page, Records: [] }, 'page=2'],
    ['sorted otherwise', { ...page, Records: [{ Id: 6 }, { Id: 4 }] }, 'page=2'],
    ['another than was asked for', page, 'page=1'],
    ['filtered', page, 'page=2&WebHook_Active=true'],
    ['no list', { Message: 'No.' }, 'page=2'],
    ['of records without a number', { ...page, Records: [{ Name: 'x' }] }, 'page=2'],
  ])('is undefined for a page that is %s', (_how, json, search) => {
    expect(spanOf(json, new URLSearchParams(search))).toBeUndefined()
  })
})

describe('a webhook that was created or deleted elsewhere', () => {
  let desk: TestDesk
  let admin: Visitor
  let observer: ReturnType<typeof observing>
  beforeAll(async () => {
    desk = await openTestDesk()
    admin = desk.visitor()
    await admin.signIn('admin@hookdesk.test')
  })
  beforeEach(async () => {
    await desk.startCounting()
    observer = observing()
    await look()
  })
  afterAll(() => desk.close())

  const observing = () => createObserver({ db: desk.db, now: desk.clock.now, log: desk.log })

  const search = new URLSearchParams({ page: '1', size: '1000' })
  const listSchema = z.looseObject({ Records: z.array(z.looseObject({ Id: z.int() })) })

  /** A person reads the list, a minute after the last reading. */
  async function look({
    by = observer,
    seesAll = true,
    leftOut = 0,
    call = desk.atNexudus,
  }: Look = {}) {
    desk.clock.pass(60_000)
    const takes = by.beginReading({ search, reader: { seesAll, call } })
    const path = `${PATH}?${search}`
    const { json } = await desk.atNexudus({ method: 'GET', path, role: 'WebHook-List' })
    const list = z.parse(listSchema, json)
    const Records = list.Records.filter(({ Id }) => Id !== leftOut)
    // a list that counts the omitted webhook is incomplete, and proves nothing about it
    await takes({ ...list, Records, TotalItems: Records.length })
  }
  type Look = { by?: typeof observer; seesAll?: boolean; leftOut?: number; call?: AccountCall }

  const made = async (): Promise<number> => (await admin.create(draft())).body.webhook.Id
  const kindsOf = async (id: number) => (await desk.history(id)).map(({ kind }) => kind)
  const removeElsewhere = (id: number) => desk.db.delete(webhooks).where(eq(webhooks.id, id))
  const askedFor = async () =>
    (await desk.calls()).filter((call) => /^GET .*webhooks\/\d/.test(call))
  const isRemembered = async (id: number) =>
    (await desk.db.select().from(seen).where(eq(seen.webhookId, id))).length === 1

  const revert = (entry: number) =>
    admin.request(`/desk/history/${entry}/revert`, {
      method: 'POST',
      headers: { 'idempotency-key': crypto.randomUUID() },
    })

  async function createElsewhere(createdOn = desk.clock.now(), url = 'https://x.example.com/') {
    const [one] = await desk.db.select().from(webhooks).limit(1)
    if (!one) throw new Error('The sandbox has no webhook')
    const { id: _another, ...rest } = one
    const ofItsOwn = { uniqueId: crypto.randomUUID(), createdOn: createdOn.toISOString(), url }
    const [row] = await desk.db
      .insert(webhooks)
      .values({ ...rest, ...ofItsOwn, updatedBy: 'eve@x.test' })
      .returning()
    if (!row) throw new Error('Nothing was inserted')
    return row
  }

  test('is found once, by any process that reads; a deleted one can be restored', async () => {
    desk.clock.pass(1_000)
    const createdOn = desk.clock.now()
    const { id, url, name } = await createElsewhere(createdOn)
    await look()
    await look({ by: observing() })
    expect(await desk.history(id)).toMatchObject([
      { kind: 'outside-create', by: 'eve@x.test', since: createdOn, before: null },
    ])
    const since = desk.clock.now()
    await removeElsewhere(id)
    await look({ by: observing() })
    const at = desk.clock.now().toISOString()
    await look()

    const { body } = await admin.request(`/desk/history?webhook=${id}`)
    expect(body.entries).toMatchObject([
      { kind: 'outside-delete', since: since.toISOString(), at, by: null, isRevertible: true },
      { kind: 'outside-create', isRevertible: false },
    ])
    const [deleted, created] = body.entries
    expect((await revert(created.id)).status).toBe(400)
    const { webhook, restoredAs } = (await revert(deleted.id)).body
    expect(restoredAs).not.toBe(id)
    expect(webhook).toMatchObject({ Id: restoredAs, URL: url, Name: name, Active: false })
  })

  test('and that the desk changed in between was deleted after that change', async () => {
    const id = await made()
    await look()
    desk.clock.pass(60_000)
    await admin.change(id, { seen: {}, change: { Name: 'Ours' } })
    const since = desk.clock.now()
    await removeElsewhere(id)
    await look()
    expect((await desk.history(id)).at(-1)).toMatchObject({ kind: 'outside-delete', since })
  })

  test('is not one that the desk created or deleted', async () => {
    const id = await made()
    await look()
    await admin.remove(id, {})
    await look()
    await look({ by: observing() })
    expect(await kindsOf(id)).toEqual(['create', 'delete'])
    expect(await isRemembered(id)).toBe(false)
  })

  test('is not one that an open create may have made, until its result is known', async () => {
    const { id, businessId, action, url } = await createElsewhere(undefined, 'https://y.example/')
    const claim = { claim: 'x', claimedUntil: desk.clock.now(), updatedAt: desk.clock.now() }
    await desk.db.insert(intents).values({
      key: 'x',
      fingerprint: 'x',
      state: 'started',
      ...claim,
      sent: { BusinessId: businessId, Action: action, URL: url },
    })
    await look()
    expect(await kindsOf(id)).toEqual([])

    await desk.db.delete(intents)
    await look()
    expect(await kindsOf(id)).toEqual(['outside-create'])
  })

  test('is not one that existed before the first reading', async () => {
    const { id } = await createElsewhere(new Date('2020-01-01'))
    await look()
    expect(await kindsOf(id)).toEqual([])
    expect(await isRemembered(id)).toBe(true)
  })

  test('is not one that a list omits but Nexudus still has, and Nexudus is asked only once', async () => {
    const id = await made()
    await look()
    await desk.startCounting()
    for (const _minute of [1, 2, 3]) await look({ leftOut: id })
    expect(await kindsOf(id)).toEqual(['create'])
    // this call happens in the background, so nothing else waits for it
    await expect.poll(askedFor).toEqual([`GET ${PATH}/${id}`])
  })

  test('is not one that Nexudus refuses to return', async () => {
    const { id } = await createElsewhere(new Date('2020-01-01'))
    await look()
    await desk.fault({ kind: 'unauthorized', method: 'GET', path: `${PATH}/${id}`, times: 1 })
    await look({ leftOut: id })
    expect(await kindsOf(id)).toEqual([])
    expect(await isRemembered(id)).toBe(true)
  })

  test('is not one that the person cannot see, or can no longer see since signing in', async () => {
    const id = await made()
    await look()
    await removeElsewhere(id)
    await look({ by: observing(), seesAll: false })
    const isCut: AccountCall = (call) =>
      call.path === '/api/auth/me'
        ? Promise.resolve({ status: 200, text: '', json: { Id: 1, Email: 'x', Businesses: [1] } })
        : desk.atNexudus(call)
    await look({ by: observing(), call: isCut })
    expect(await kindsOf(id)).toEqual(['create'])
    await look({ by: observing() })
    expect(await kindsOf(id)).toEqual(['create', 'outside-delete'])
  })

  test('is found even if a change through the desk failed for good', async () => {
    const id = await made()
    await look()
    await desk.fault({ kind: 'error', method: 'PUT', path: PATH, times: 1 })
    const { body } = await admin.change(id, { seen: {}, change: { Name: 'Ours' } })
    expect(body.outcome).toBe('unsaved')
    await removeElsewhere(id)
    await look()
    expect(await kindsOf(id)).toEqual(['create'])
    desk.clock.pass(10 * 60_000)
    await look()
    expect(await kindsOf(id)).toEqual(['create', 'outside-delete'])
  })

  test('is told apart at once from thousands that the desk deleted', async () => {
    const [one] = await desk.db.select().from(seen).limit(1)
    if (!one) throw new Error('Nothing was seen')
    const ids = Array.from({ length: 3_000 }, (_, at) => 1_500_000_000 + at)
    await desk.db.insert(seen).values(ids.map((webhookId) => ({ ...one, webhookId })))
    const at = desk.clock.now()
    const deleted = { kind: 'delete' as const, by: 'ana', at, intent: '', before: one.record }
    await desk.db
      .insert(changes)
      .values(ids.map((webhookId) => ({ ...deleted, webhookId, businessId: 1 })))
    await desk.startCounting()
    await look({ by: observing() })
    expect(await askedFor()).toEqual([])
    expect(await desk.db.$count(seen, gte(seen.webhookId, 1_500_000_000))).toBe(0)
  })

  test('is found at the next reading if it could not be noted, and nothing breaks', async () => {
    const { id } = await createElsewhere()
    await look()
    await removeElsewhere(id)
    const failing = new Proxy(desk.db, {
      get: (target, name) =>
        name === 'transaction'
          ? () => Promise.reject(new Error('The database is away'))
          : Reflect.get(target, name),
    })
    const by = createObserver({ db: failing, now: desk.clock.now, log: desk.log })
    await look({ by })
    expect(desk.logged()).toContain('looking for what is gone failed')
    expect(await kindsOf(id)).toEqual(['outside-create'])
    await look({ by: observing() })
    expect(await kindsOf(id)).toEqual(['outside-create', 'outside-delete'])
  })

  test('is asked for with ten calls at a time', async () => {
    const created = await Promise.all(Array.from({ length: 12 }, () => createElsewhere()))
    await look()
    await Promise.all(created.map(({ id }) => removeElsewhere(id)))
    await desk.startCounting()
    await look()
    expect(await askedFor()).toHaveLength(10)
    await look()
    expect(await askedFor()).toHaveLength(12)
    const kinds = await Promise.all(created.map(({ id }) => kindsOf(id)))
    expect(new Set(kinds.map(String))).toEqual(new Set(['outside-create,outside-delete']))
  })
})
