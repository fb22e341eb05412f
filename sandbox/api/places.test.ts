import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { siteId } from '#sandbox/seed/seed-small.ts'
import { openTestSandbox, type TestClient } from '#sandbox/test-sandbox.ts'

const PATH = '/api/sys/businesses'
const ZONES = '/api/sys/simpletimezones'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
let admin: TestClient
beforeAll(async () => {
  sandbox = await openTestSandbox()
  admin = await sandbox.signIn()
})
afterEach(() => admin.put('/sandbox/switches', { missingId: '404' }))
afterAll(() => sandbox.close())

const byHost = (query: string) => Promise.resolve(sandbox.app.request(`${PATH}/getByHost?${query}`))

test('a location can be found by its host without a sign-in, with two properties only', async () => {
  for (const query of [
    'host=northlight-dumbo',
    'Host=Northlight-Dumbo',
    'host=northlight-dumbo&x=1',
  ]) {
    const answer = await byHost(query)
    expect([answer.status, await answer.json()], query).toEqual([
      200,
      { Id: siteId('newYork'), WebAddress: 'northlight-dumbo.spaces.nexudus.com' },
    ])
  }
})

test('an unknown host is not found', async () => {
  for (const query of [
    '',
    'host=',
    'host=nobody',
    'host=northlight%25',
    'host=%00',
    'other=northlight',
  ]) {
    expect((await byHost(query)).status, query).toBe(404)
  }
  await admin.put('/sandbox/switches', { missingId: '500' })
  expect((await byHost('host=nobody')).status).toBe(500)
})

test('the time zone of every location can be looked up', async () => {
  const { Records } = await admin.read(PATH)
  for (const { SimpleTimeZoneId } of Records) {
    expect(await admin.read(`${ZONES}/${SimpleTimeZoneId}`)).toMatchObject({
      Id: SimpleTimeZoneId,
      Name: expect.stringMatching(/ Standard Time$/),
      Description: expect.any(String),
      TimeOffset: expect.any(Number),
      UsesSummerTime: expect.any(Boolean),
      ToStringText: expect.any(String),
    })
  }
  const me = await admin.read('/api/auth/me')
  const zone = await admin.read(`${ZONES}/${me.DefaultSimpleTimeZoneId}`)
  expect(zone.Name).toBe(me.DefaultSimpleTimeZoneName)
  for (const id of ['1', 'abc', '']) {
    expect((await admin.get(`${ZONES}/${id}x`)).status, id).toBe(404)
  }
})

test('each time zone has its true offset and summer time', async () => {
  const { Records, TotalItems } = await admin.read(`${ZONES}?size=1000`)
  expect(Records).toHaveLength(TotalItems)
  const offsetIn = (timeZone: string, month: number) => {
    const at = new Date(Date.UTC(2026, month, 15, 12))
    const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    const name = parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  }
  for (const { Description, TimeOffset, UsesSummerTime } of Records) {
    const offsets = [offsetIn(Description, 0), offsetIn(Description, 6)]
    expect(Math.min(...offsets), Description).toBe(TimeOffset)
    expect(offsets[0] !== offsets[1], Description).toBe(UsesSummerTime)
  }
})

test('time zones are listed in pages for everyone who is signed in', async () => {
  const first = await admin.read(`${ZONES}?size=4`)
  expect(first).toMatchObject({ TotalItems: 11, TotalPages: 3, HasNextPage: true, PageSize: 4 })
  const last = await admin.read(`${ZONES}/?page=3&size=4`)
  expect(last.Records).toHaveLength(3)
  const ids = (await admin.read(ZONES)).Records.map(({ Id }: { Id: number }) => Id)
  expect(ids).toEqual(ids.toSorted((a: number, b: number) => a - b))

  const norole = await sandbox.signIn('norole@hookdesk.test')
  expect((await norole.get(`${ZONES}/${ids[0]}`)).status).toBe(200)
  expect((await sandbox.app.request(ZONES)).status).toBe(401)
  expect((await admin.delete(`${ZONES}/${ids[0]}`)).status).toBe(405)
})

async function stored(key: 'krakow' | 'dublin' | 'malaga') {
  return admin.read(`${PATH}/${siteId(key)}`)
}

test('an update that changes one field of a location leaves the others', async () => {
  const before = await stored('krakow')
  sandbox.clock.pass(60_000)
  const answer = await admin.put(`${PATH}/`, {
    ...before,
    Name: 'Northlight Podgórze',
    MondayOpenTime: 450,
    // fields that callers cannot write
    CreatedOn: 'x',
    UniqueId: 'x',
    ToStringText: 'x',
    CurrencyCode: 'x',
    RootLocationId: 7,
  })
  expect([answer.status, await answer.json()]).toEqual([
    200,
    expect.objectContaining({ WasSuccessful: true, Value: { Id: before.Id }, Errors: null }),
  ])
  const after = await stored('krakow')
  expect(after).toEqual({
    ...before,
    Name: 'Northlight Podgórze',
    ToStringText: 'Northlight Podgórze',
    MondayOpenTime: 450,
    UpdatedOn: after.UpdatedOn,
    UpdatedBy: 'admin@hookdesk.test',
  })
  expect(after.UpdatedOn > before.UpdatedOn).toBe(true)
})

test('a location with a blank name can be written back unchanged', async () => {
  const before = await stored('dublin')
  expect((await admin.put(PATH, before)).status).toBe(200)
  expect(await stored('dublin')).toMatchObject({ Name: '', ToStringText: 'Northlight Dublin' })
})

test('an update of a location empties the omitted fields', async () => {
  const { Id, WebAddress, SimpleTimeZoneId } = await stored('malaga')
  expect((await admin.put(PATH, { Id, WebAddress, SimpleTimeZoneId })).status).toBe(200)
  expect(await stored('malaga')).toMatchObject({
    Id,
    WebAddress,
    SimpleTimeZoneId,
    Name: '',
    ToStringText: 'Northlight Málaga Soho',
    Address: '',
    TownCity: '',
    Latitude: 0,
    Suspended: false,
    SystemId: null,
    MondayOpenTime: 0,
    CurrencyCode: 'EUR',
    CountryName: 'Spain',
  })
})

test.each([
  ['Id', undefined],
  ['Id', 'twelve'],
  ['WebAddress', ''],
  ['WebAddress', 'with\0NUL'],
  ['SimpleTimeZoneId', undefined],
  ['SimpleTimeZoneId', 7],
  ['Name', 7],
  ['Latitude', '1'],
  ['Suspended', 'false'],
  ['MondayOpenTime', 7.5],
  ['SystemId', {}],
])(
  'a location with %s %j is refused with that field, and stays unchanged',
  async (property, value) => {
    const before = await stored('krakow')
    const answer = await admin.put(PATH, { ...before, [property]: value })
    expect(answer.status).toBe(400)
    const { Errors, WasSuccessful } = await answer.json()
    expect(Errors.map((error: { PropertyName: string }) => error.PropertyName)).toEqual([property])
    expect(WasSuccessful).toBe(false)
    expect(await stored('krakow')).toEqual(before)
  },
)

test('updating a location requires the role and the location; no caller can create or delete one', async () => {
  const record = await stored('krakow')
  const viewer = await sandbox.signIn('viewer@hookdesk.test')
  expect((await viewer.put(PATH, record)).status).toBe(401)
  expect((await admin.put(PATH, { ...record, Id: 7 })).status).toBe(404)

  const manager = await sandbox.signIn('manager@hookdesk.test')
  const own = await admin.read(`${PATH}/${siteId('manchester')}`)
  expect((await manager.put(PATH, own)).status).toBe(401)
  await sandbox.grantToManagers(['Business-Edit'], async () => {
    expect((await manager.put(PATH, own)).status).toBe(200)
    expect((await manager.put(PATH, record)).status).toBe(404)
  })
  expect(await stored('krakow')).toEqual(record)
  expect((await admin.post(PATH, record)).status).toBe(405)
  expect((await admin.delete(`${PATH}/${record.Id}`)).status).toBe(405)
})
