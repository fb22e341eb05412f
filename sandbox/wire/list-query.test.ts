import { afterAll, beforeAll, expect, test } from 'vitest'

import { locationSchema } from '#contract/nexudus/location.ts'
import { listPageSchema } from '#contract/nexudus/page.ts'
import { webhookRowSchema } from '#contract/nexudus/webhook.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { openTestSandbox, type TestClient } from '#sandbox/test-sandbox.ts'

type Row = { Id: number; Name: string; BusinessId: number; [property: string]: unknown }

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
let admin: TestClient
let all: Row[]
beforeAll(async () => {
  sandbox = await openTestSandbox()
  admin = await sandbox.signIn()
  all = (await admin.read('/api/sys/webhooks?size=1000')).Records
})
afterAll(() => sandbox.close())

const list = (query: string) => admin.read(`/api/sys/webhooks?${query}`)
const idsOf = (rows: Row[]) => rows.map(({ Id }) => Id)

/** Expects the filter to find those rows of the whole list that `expected` accepts. */
async function expectFilter(query: string, expected: (row: Row) => boolean) {
  const found = await list(`size=1000&${query}`)
  const wanted = all.filter(expected)
  expect(wanted.length, query).toBeGreaterThan(0)
  expect(wanted.length, query).toBeLessThan(all.length)
  expect(idsOf(found.Records), query).toEqual(idsOf(wanted))
}

test('the envelope carries both pairs of paging fields', async () => {
  const { Records, ...envelope } = await list('page=2&size=20')

  expect(Records).toHaveLength(20)
  expect(envelope).toEqual({
    CurrentPage: 2,
    CurrentPageSize: 20,
    CurrentOrderField: 'Id',
    CurrentSortDirection: 1,
    FirstItem: 21,
    LastItem: 40,
    HasNextPage: true,
    HasPreviousPage: true,
    PageNumber: 2,
    PageSize: 20,
    TotalItems: 60,
    TotalPages: 3,
  })
})

test("both lists parse with the contract's schemas", async () => {
  for (const [path, schema] of [
    ['/api/sys/webhooks', webhookRowSchema],
    ['/api/sys/businesses', locationSchema],
  ] as const) {
    const { Records } = listPageSchema.parse(await admin.read(path))
    expect(Records).not.toEqual([])
    for (const record of Records) expect(schema.parse(record)).toEqual(record)
  }
})

test('a row is the record without its description', async () => {
  const row = all[0]
  const record = await admin.read(`/api/sys/webhooks/${row?.Id}`)
  const { Description, ...rest } = record

  expect(Description).toEqual(expect.any(String))
  expect(row).toEqual(rest)
})

test.each([
  ['', 25, 1],
  ['size=5000', 60, 1],
  ['size=0&page=0', 25, 1],
  ['size=-3&page=-1', 25, 1],
  ['size=abc&page=x', 25, 1],
  ['PageSize=5&PageNumber=2', 25, 1],
  ['SIZE=10&Page=6', 10, 6],
])('"%s" is a page of %i rows', async (query, rows, page) => {
  const answer = await list(query)
  expect(answer.Records).toHaveLength(rows)
  expect(answer.CurrentPage).toBe(page)
})

test('a size over the limit is cut down to it', async () => {
  expect((await list('size=5000')).PageSize).toBe(1000)
})

test('a page after the last is empty', async () => {
  expect(await list('page=9')).toMatchObject({
    Records: [],
    TotalItems: 60,
    HasNextPage: false,
    HasPreviousPage: true,
  })
  expect(await list('page=999999999&size=1000')).toMatchObject({ Records: [] })
})

test('an empty result is an envelope without pages', async () => {
  expect(await list('WebHook_Action=54')).toMatchObject({
    Records: [],
    TotalItems: 0,
    TotalPages: 0,
    HasNextPage: false,
  })
})

test('pages follow each other without gaps, whatever the order', async () => {
  for (const order of ['', 'orderBy=ErrorCount&dir=-1', 'orderby=Name', 'orderBy=LastTrigger']) {
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => list(`size=16&page=${page}&${order}`)),
    )
    const ids = pages.flatMap(({ Records }) => idsOf(Records))
    expect(ids.toSorted(), order).toEqual(idsOf(all).toSorted())
  }
})

test.each([
  ['dir=1', 'up', 1],
  ['', 'up', 1],
  ['DIR=ascending', 'up', 1],
  ['dir=-1', 'down', -1],
  ['dir=Descending', 'down', -1],
])('"%s" sorts %s', async (query, way, sign) => {
  const { Records, CurrentSortDirection } = await list(`${query}&size=1000&orderBy=id`)
  const ids = idsOf(Records)
  expect(ids).toEqual(ids.toSorted((a, b) => (way === 'up' ? a - b : b - a)))
  expect(CurrentSortDirection).toBe(sign)
})

test('an unknown property to order by is ignored, like any unknown parameter', async () => {
  const answer = await list('orderBy=Nonsense&UpdatedSince=2026-01-01&WebHook_Nonsense=1&size=1000')
  expect(answer.CurrentOrderField).toBe('Id')
  expect(answer.TotalItems).toBe(60)
})

test('lists filter by numbers, flags and ids', async () => {
  await expectFilter('WebHook_Action=6', (row) => row.Action === 6)
  await expectFilter('webhook_active=FALSE', (row) => row.Active === false)
  await expectFilter('WebHook_ErrorCount=10', (row) => row.ErrorCount === 10)
  await expectFilter(
    `WebHook_Business=${siteId('berlin')}`,
    (row) => row.BusinessId === siteId('berlin'),
  )
  const [first, , third] = idsOf(all)
  await expectFilter(`Id=${first}&Id=${third}`, ({ Id }) => Id === first || Id === third)
  await expectFilter(
    'from_WebHook_ErrorCount=3&to_WebHook_ErrorCount=8',
    (row) => Number(row.ErrorCount) >= 3 && Number(row.ErrorCount) <= 8,
  )
  await expectFilter(`UniqueId=${String(all[3]?.UniqueId).toUpperCase()}`, (row) => row === all[3])
})

test('text filters match a part of the text in any case, and take signs literally', async () => {
  await expectFilter('WebHook_Name=DOOR', (row) => /door/i.test(row.Name))
  await expectFilter('WebHook_URL=key%3Dnl_', (row) => /key=nl_/.test(String(row.URL)))
  await expectFilter('WebHook_LastError=timed out', (row) =>
    /timed out/.test(String(row.LastError)),
  )
  await expectFilter('WebHook_SystemId=door-access', (row) =>
    /door-access/.test(String(row.SystemId)),
  )
  expect((await list('WebHook_Name=%25')).TotalItems).toBe(0)
  expect((await list('WebHook_Description=turnstile')).TotalItems).toBe(0)
  expect((await list('WebHook_Description=door code')).TotalItems).toBeGreaterThan(1)
})

test('time filters are inclusive, by the minute, with and without seconds', async () => {
  const minute = '2026-05-04T09:56'
  const isOn = (row: Row) => String(row.LastTrigger).startsWith(minute)
  for (const end of ['', ':00Z', ':59Z']) {
    const range = `from_WebHook_LastTrigger=${minute}${end}&to_WebHook_LastTrigger=${minute}${end}`
    await expectFilter(range, isOn)
  }
  await expectFilter(
    'from_WebHook_CreatedOn=2026-01-01',
    (row) => String(row.CreatedOn) >= '2026-01-01',
  )
  await expectFilter(
    'to_WebHook_UpdatedOn=2026-01-01T00:00',
    (row) => String(row.UpdatedOn) < '2026-01-01T00:01',
  )
})

test.each([
  'WebHook_Action=six',
  'WebHook_Active=perhaps',
  'WebHook_ErrorCount=99999999999999999999',
  'from_WebHook_LastTrigger=yesterday',
  'Id=x',
  'WebHook_Name=',
])('the unreadable "%s" is ignored', async (query) => {
  expect((await list(query)).TotalItems).toBe(60)
})

test('a NUL or a number beyond all columns finds nothing and breaks nothing', async () => {
  expect((await list('WebHook_Name=%00door')).TotalItems).toBeGreaterThan(0)
  expect((await list('WebHook_ErrorCount=99999999999')).TotalItems).toBe(0)
})

test('locations are listed with the account among them, and can be filtered', async () => {
  const { Records, TotalItems } = await admin.read('/api/sys/businesses')
  expect(TotalItems).toBe(12)
  expect(Records[0]).toMatchObject({ Name: '(Northlight Network)', RootLocationId: null })
  expect(Records[1]).toMatchObject({
    RootLocationId: Records[0].Id,
    MondayOpenTime: 480,
    SimpleTimeZoneId: expect.any(Number),
    CurrencyCode: 'GBP',
    ToStringText: 'Northlight Shoreditch',
  })

  const found = async (query: string) =>
    (await admin.read(`/api/sys/businesses?${query}`)).Records.map((row: Row) => row.Id)
  expect(await found('Business_Name=kreuz')).toEqual([siteId('berlin')])
  expect(await found('Business_WebAddress=northlight-tlv')).toEqual([siteId('telAviv')])
  expect(await found('Business_Suspended=true')).toEqual([siteId('saoPaulo')])
  expect(await found(`Business_RootLocation=${siteId('root')}`)).toHaveLength(11)
  const one = await admin.read(`/api/sys/businesses/${siteId('tokyo')}`)
  expect(one).toMatchObject({ TownCity: 'Tokyo', PassportOnly: true })
})
