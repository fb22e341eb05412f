import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { HistoryEntry } from '#contract/desk/history.ts'
import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { draft } from '#server/changes/test-draft.ts'
import { changes, runs } from '#server/db/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

const CANARY = 'c4nary-s3cret'
const SECRET_URL = `https://hooks.example.com/nexudus/abcdefgh?key=${CANARY}`

let desk: TestDesk
let admin: Visitor
let manager: Visitor
let viewer: Visitor
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  manager = desk.visitor()
  viewer = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  await manager.signIn('manager@hookdesk.test')
  await viewer.signIn('viewer@hookdesk.test')
})
afterAll(() => desk.close())

async function made(more: Partial<WebhookInput> = {}) {
  return (await admin.create(draft({ URL: SECRET_URL, ...more }))).body.webhook
}

async function entries(query: string, visitor = admin): Promise<HistoryEntry[]> {
  const { status, body } = await visitor.request(`/desk/history?${query}`)
  expect(status).toBe(200)
  return body.entries
}

async function storeRun(count: number): Promise<number> {
  const [run] = await desk.db
    .insert(runs)
    .values({
      what: { act: 'pause' as const, count },
      by: 'admin@hookdesk.test',
      session: '',
      state: 'finished',
      key: crypto.randomUUID(),
      createdAt: desk.clock.now(),
    })
    .returning()
  return run?.id ?? 0
}

const rename = (Id: number, Name: string, visitor = admin) =>
  visitor.change(Id, { seen: {}, change: { Name } })

describe('the history list', () => {
  test('shows the person, the values before and after, newest first', async () => {
    const { Id, Name } = await made()
    await manager.change(Id, { seen: {}, change: { Active: false, Description: '' } })
    await admin.remove(Id, {})

    const [deleted, changed, created] = await entries(`webhook=${Id}`)
    expect(deleted).toMatchObject({ kind: 'delete', by: 'admin@hookdesk.test', name: Name })
    expect(changed).toMatchObject({
      kind: 'change',
      by: 'manager@hookdesk.test',
      since: null,
      stoppedAfter: null,
      webhookId: Id,
      businessId: siteId('shoreditch'),
      action: 6,
      isRevertible: true,
      runId: null,
      runTitle: null,
      diff: [
        { field: 'Description', from: 'For the door', to: null },
        { field: 'Active', from: 'true', to: 'false' },
      ],
    })
    expect(created?.diff).toContainEqual({ field: 'Name', from: null, to: Name })
    expect(created?.diff.map(({ field }) => field)).toHaveLength(6)
  })

  test('comes in pages that new entries cannot shift', async () => {
    const { Id } = await made()
    for (const name of ['b', 'c', 'd', 'e']) await rename(Id, name)

    const first = (await admin.request(`/desk/history?webhook=${Id}&limit=2`)).body
    await rename(Id, 'f')
    const second = (
      await admin.request(`/desk/history?webhook=${Id}&limit=2&before=${first.before}`)
    ).body
    const third = (
      await admin.request(`/desk/history?webhook=${Id}&limit=2&before=${second.before}`)
    ).body

    const names = [first, second, third].map(({ entries }) =>
      entries.map(({ name }: HistoryEntry) => name),
    )
    expect(names).toEqual([['e', 'd'], ['c', 'b'], [expect.stringContaining('Bookings')]])
    expect([typeof first.before, third.before]).toEqual(['number', null])
  })

  test('can be filtered by person, by name, by location before or after, and by run', async () => {
    const { Id } = await made()
    const name = `50%_off ${crypto.randomUUID()}`
    await rename(Id, name, manager)
    const BusinessId = siteId('manchester')
    await admin.change(Id, { seen: {}, change: { BusinessId } })
    await admin.change(Id, { seen: {}, change: { BusinessId: siteId('shoreditch') } })
    const runId = await storeRun(3)
    const record = { Id, Name: name, BusinessId, Action: 6, Active: true }
    await desk.db.insert(changes).values({
      kind: 'change',
      by: 'admin@hookdesk.test',
      at: desk.clock.now(),
      webhookId: Id,
      businessId: BusinessId,
      intent: 'x',
      runId,
      before: record,
      after: { ...record, Active: false },
    })

    const byManager = await entries(`webhook=${Id}&by=manager@hookdesk.test`)
    expect(byManager.map(({ by }) => by)).toEqual(['manager@hookdesk.test'])
    // the rename to this name, the two moves and the run after it
    expect(await entries(`webhook=${encodeURIComponent(name.toUpperCase())}`)).toHaveLength(4)
    expect(await entries(`webhook=${Id}&location=${BusinessId}`)).toHaveLength(3)
    expect(await entries(`run=${runId}`)).toMatchObject([
      { runId, runTitle: { act: 'pause', count: 3 } },
    ])
  })

  test('shows the changes of a run as one, in one place, on whatever page', async () => {
    const [{ Id }, runId] = [await made(), await storeRun(4)]
    const change = (name: string, ofRun: boolean) =>
      desk.db.insert(changes).values({
        kind: 'change',
        by: 'admin@hookdesk.test',
        at: desk.clock.now(),
        webhookId: Id,
        businessId: siteId('shoreditch'),
        intent: 'x',
        runId: ofRun ? runId : null,
        before: { Id, Name: 'before', BusinessId: siteId('shoreditch') },
        after: { Id, Name: name, BusinessId: siteId('shoreditch') },
      })
    for (const [name, ofRun] of [
      ['a', true],
      ['b', true],
      ['c', false],
      ['d', true],
      ['e', false],
      ['f', true],
      ['g', false],
    ] as const) {
      await change(name, ofRun)
    }
    const pages: [string, number?][][] = []
    let before: number | null = null
    do {
      const path: string = `/desk/history?webhook=${Id}&grouped=true&limit=2`
      const { body } = await admin.request(before === null ? path : `${path}&before=${before}`)
      pages.push(
        body.entries.map(({ name, changesOfRun }: HistoryEntry) =>
          changesOfRun === undefined ? [name] : [name, changesOfRun],
        ),
      )
      before = body.before
    } while (before !== null)
    const first = expect.stringContaining('Bookings')
    expect(pages).toEqual([[['g'], ['f', 4]], [['e'], ['c']], [[first]]])
    expect(await entries(`run=${runId}`)).toHaveLength(4)
    const ofRuns = await entries(`webhook=${Id}&kind=run&grouped=true`)
    expect(ofRuns.map(({ name }) => name)).toEqual(['f'])
  })

  test('can be filtered by kind and by time', async () => {
    const { Id } = await made()
    await rename(Id, 'x')
    const start = desk.clock.now().toISOString()
    desk.clock.pass(60_000)
    await admin.remove(Id, {})
    const kinds = async (query: string) =>
      (await entries(`webhook=${Id}&${query}`)).map(({ kind }) => kind)
    expect(await kinds('kind=change')).toEqual(['change'])
    expect(await kinds('kind=create')).toEqual(['create'])
    expect(await kinds('kind=elsewhere')).toEqual([])
    const soon = new Date(Date.parse(start) + 1).toISOString()
    expect(await kinds(`from=${soon}`)).toEqual(['delete'])
    expect(await kinds(`until=${soon}`)).toEqual(['change', 'create'])
  })

  test.each([
    'kind=outside',
    'from=yesterday',
    'grouped=yes',
    'limit=0',
    'limit=101',
    'before=x',
    'location=1e3',
    'run=99999999999',
    'by=%00',
  ])('refuses %s', async (query) => {
    const { status, body } = await admin.request(`/desk/history?${query}`)
    expect([status, body.code]).toEqual([400, 'bad_request'])
  })

  test('names everyone who occurs in it', async () => {
    const { body } = await admin.request('/desk/history/people')
    expect(body.people).toEqual(['admin@hookdesk.test', 'manager@hookdesk.test'])
  })
})

describe('access to the history', () => {
  test('requires a sign-in', async () => {
    for (const path of ['history', 'history/people', 'history.csv']) {
      const { status, body } = await desk.visitor().request(`/desk/${path}`)
      expect([status, body.code]).toEqual([401, 'not_signed_in'])
    }
  })

  test('to some locations excludes entries elsewhere, and moves to other locations', async () => {
    const LISBON = siteId('lisbon')
    const { Id: here } = await made()
    const { Id: elsewhere } = await made({ BusinessId: LISBON })
    await admin.change(here, { seen: {}, change: { BusinessId: LISBON } })

    expect(await entries(`webhook=${here}`, manager)).toMatchObject([{ kind: 'create' }])
    expect(await entries(`webhook=${elsewhere}`, manager)).toEqual([])
    expect(await entries(`location=${LISBON}`, manager)).toEqual([])
    const { text } = await manager.request('/desk/history.csv')
    expect(text).not.toContain(String(elsewhere))

    const [entry] = await entries(`webhook=${elsewhere}`)
    const taken = await manager.request(`/desk/history/${entry?.id}/revert`, {
      method: 'POST',
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
    expect([taken.status, taken.body.code, taken.body.reason]).toEqual([
      404,
      'not_found',
      'history_entry',
    ])
  })

  test('with view-only rights hides paths and offers no revert', async () => {
    const { Id } = await made()
    await rename(Id, 'Renamed')
    const [changed, created] = await entries(`webhook=${Id}`, viewer)
    expect([changed?.isRevertible, created?.isRevertible]).toEqual([false, false])
    expect(created?.diff).toContainEqual({
      field: 'URL',
      from: null,
      to: 'https://hooks.example.com/…efgh?••••',
    })
  })

  test('requires the right to list webhooks', async () => {
    const nobody = desk.visitor()
    await nobody.signIn('norole@hookdesk.test')
    for (const path of ['history', 'history/people', 'history.csv']) {
      const { status, body } = await nobody.request(`/desk/${path}`)
      expect([status, body.code, body.missing]).toEqual([403, 'permission_missing', 'WebHook-List'])
    }
  })

  test("asks Nexudus if the sign-in could not tell the person's locations", async () => {
    const { Id } = await made({ BusinessId: siteId('lisbon') })
    await desk.fault({ kind: 'error', method: 'GET', path: '/api/auth/me', times: 9 })
    const unknown = desk.visitor()
    await unknown.signIn('manager@hookdesk.test')
    await desk.startCounting()

    expect(await entries(`webhook=${Id}`, unknown)).toEqual([])
    expect((await entries('', unknown)).length).toBeGreaterThan(0)
    await manager.signIn('manager@hookdesk.test')
  })
})

test('never reveals the keys in a URL', async () => {
  const { Id } = await made()
  const other = SECRET_URL.replace(CANARY, `other-${CANARY}`)
  await admin.change(Id, { seen: {}, change: { URL: other, Description: `was ${SECRET_URL}` } })
  const [changed] = await entries(`webhook=${Id}`)
  expect(changed?.diff[0]).toMatchObject({ field: 'URL', isHidden: true })

  for (const visitor of [admin, manager, viewer]) {
    for (const path of ['history', 'history/people', 'history.csv']) {
      expect((await visitor.request(`/desk/${path}`)).text).not.toContain(CANARY)
    }
  }
})

describe('the history file', () => {
  test('is a CSV that spreadsheets read, without values that act as formulas', async () => {
    const { Id } = await made({ Name: '=HYPERLINK("https://evil.example.com")\nx' })
    await rename(Id, '@Príncipe "Real", 1')
    await admin.change(Id, { seen: {}, change: { Description: '-1+2' } })

    const { status, headers, text } = await admin.request(`/desk/history.csv?webhook=${Id}`)
    expect([status, headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
    ])
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="hookdesk-history-\d{4}-\d\d-\d\d\.csv"$/,
    )
    expect(text.replaceAll('\r\n', '')).not.toMatch(/\r/)
    const { data, errors } = Papa.parse<string[]>(text.trimEnd(), { newline: '\r\n' })
    expect(errors).toEqual([])
    expect(new Set(data.map(({ length }) => length))).toEqual(new Set([16]))
    const values = data.flat()
    expect(values.filter((value) => /^[=+\-@\t\r]/.test(value))).toEqual([])
    expect(values).toContain('\'@Príncipe "Real", 1')
    expect(values).toContain('\'=HYPERLINK("https://evil.example.com")\nx')
    expect(values).toContain('Booking – created')
  })

  test('holds every entry of all pages, and begins with a byte order mark', async () => {
    const { Id, Name } = await made()
    const at = desk.clock.now()
    const record = { Id, Name, BusinessId: siteId('shoreditch'), Action: 6 }
    const rows = Array.from({ length: 1200 }, (_, index) => ({
      kind: 'change' as const,
      by: 'admin@hookdesk.test',
      at,
      webhookId: Id,
      intent: 'x',
      businessId: record.BusinessId,
      before: { ...record, Active: true },
      after: { ...record, Active: false, count: index },
    }))
    await desk.db.insert(changes).values(rows)

    const response = await desk.app.request(
      'http://localhost:4400/desk/history.csv?webhook=' + Id,
      {
        headers: { host: 'localhost:4400', 'x-hookdesk': 'person', cookie: admin.cookie() ?? '' },
      },
    )
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf])
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\r\n')
    const created = 6
    expect(lines).toHaveLength(1 + 1200 + created)
  })
})
