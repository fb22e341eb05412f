import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { siteId } from './seed-small.ts'
import { openTestSandbox, type TestClient } from './test-sandbox.ts'

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

test('a location is found by its host, without a sign-in, and nothing else is told', async () => {
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

test('a host that is nobody’s is missing', async () => {
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

test('what is said of a time zone is true of it', async () => {
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

test('time zones are listed in pages, for whoever is signed in', async () => {
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
