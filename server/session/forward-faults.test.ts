import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { FailureCode } from '#contract/desk/failure.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import type { Limits } from '#server/nexudus/call.ts'
import { openTestDesk, type Order, type TestDesk } from '#server/testing/test-desk.ts'

const PATH = '/api/sys/webhooks'
const MiB = 1024 * 1024
const IMPATIENT: Limits = { firstByteMs: 1_000, totalMs: 1_500, maxBytes: 8 * MiB }

let desk: TestDesk
let cookie: string | undefined
beforeAll(async () => {
  desk = await openTestDesk()
  const visitor = desk.visitor()
  await visitor.signIn('admin@hookdesk.test')
  cookie = visitor.cookie()
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

/** Another process each time, because a process remembers that it was throttled. */
function fresh(limits?: Limits) {
  const visitor = desk.openAnother(limits && { limits }).visitor()
  visitor.takeCookie(cookie)
  return visitor
}

const draft = (Name: string) => ({
  BusinessId: siteId('root'),
  Action: 6,
  Name,
  Description: '',
  Active: true,
  URL: 'https://hooks.example.com/',
})

type Fault = Order
const sixTimes = (kind: Order['kind'], more = {}): Fault => ({ kind, times: 6, ...more })
const once = (kind: Order['kind'], more = {}): Fault => ({ kind, ...more })
const slow = { delayMs: 60_000 }

test.each<[string, Fault, number, FailureCode | undefined, number]>([
  ['500 and then good', once('error'), 200, undefined, 2],
  ['500 five times and then good', sixTimes('error', { times: 5 }), 200, undefined, 6],
  [
    '“Ooops” with 400 five times and then good',
    sixTimes('refuse', { times: 5 }),
    200,
    undefined,
    6,
  ],
  ['500 six times', sixTimes('error'), 502, 'upstream_error', 6],
  ['503 six times', sixTimes('error', { status: 503 }), 502, 'upstream_error', 6],
  ['a page with 502 six times', sixTimes('html', { status: 502 }), 502, 'upstream_error', 6],
  ['dropped and then good', once('drop'), 200, undefined, 2],
  ['dropped six times', sixTimes('drop'), 502, 'upstream_unreachable', 6],
  ['a page', once('html'), 502, 'upstream_not_json', 1],
  ['a page with 404', once('html', { status: 404 }), 502, 'upstream_not_json', 1],
  ['nothing', once('empty'), 502, 'upstream_not_json', 1],
  ['broken JSON', once('broken_json'), 502, 'upstream_bad_json', 1],
  ['dropped mid body', once('drop_mid_body'), 502, 'upstream_bad_json', 1],
  ['a length that lies', once('wrong_length'), 502, 'upstream_bad_json', 1],
  ['more than 8 MiB', once('too_large'), 502, 'upstream_too_large', 1],
  ['a refusal', once('refuse', { message: 'No.' }), 502, 'upstream_error', 1],
])(
  'a read that meets %s has the right result and number of calls',
  async (_what, fault, status, code, calls) => {
    await desk.fault({ ...fault, path: PATH })
    const { body, ...answer } = await fresh().request(`${PATH}?size=25`)

    expect([answer.status, body.code]).toEqual([status, code])
    if (!code) expect(body.Records).toHaveLength(25)
    expect(await desk.calls()).toEqual(Array.from({ length: calls }, () => `GET ${PATH}`))
  },
)

test.each<[string, Fault]>([
  ['no answer', once('hang')],
  ['a slow first byte', once('slow', slow)],
  ['a slow body', once('slow_body', slow)],
])('a read that meets %s is given up in time, without another attempt', async (_what, fault) => {
  await desk.fault({ ...fault, path: PATH })
  const { status, body } = await fresh(IMPATIENT).request(PATH)
  expect([status, body.code, body.outcome]).toEqual([504, 'upstream_timeout', undefined])
  expect(await desk.calls()).toEqual([`GET ${PATH}`])
})

test.each<[string, Fault, number, FailureCode]>([
  ['500', once('error'), 502, 'upstream_error'],
  ['503', once('error', { status: 503 }), 502, 'upstream_error'],
  ['a drop', once('drop'), 502, 'upstream_unreachable'],
  ['a page', once('html'), 502, 'upstream_not_json'],
  ['nothing', once('empty'), 502, 'upstream_not_json'],
  ['more than 8 MiB', once('too_large'), 502, 'upstream_too_large'],
])(
  'a write that meets %s is sent once, and then looked for',
  async (_what, fault, status, code) => {
    const Name = crypto.randomUUID()
    await desk.fault({ ...fault, method: 'POST' })
    const { body, ...answer } = await fresh().create(draft(Name))

    expect([answer.status, body.code, body.outcome]).toEqual([status, code, 'unsaved'])
    expect(await desk.calls()).toEqual([`GET ${PATH}`, `POST ${PATH}`, `GET ${PATH}`])
    expect(await desk.recordsNamed(Name)).toEqual([])
  },
)

test.each<[string, Fault, string | undefined]>([
  ['no answer', once('hang'), 'unsaved'],
  ['a slow first byte', once('slow', slow), undefined],
  ['a slow body', once('slow_body', slow), undefined],
])(
  'with short limits a write that meets %s is sent once, and then looked for',
  async (_what, fault, outcome) => {
    const Name = crypto.randomUUID()
    await desk.fault({ ...fault, method: 'POST' })
    const { status, body } = await fresh(IMPATIENT).create(draft(Name))

    expect([status, body.outcome]).toEqual(outcome ? [504, outcome] : [200, undefined])
    expect((await desk.calls()).filter((call) => call.startsWith('POST'))).toHaveLength(1)
    expect(await desk.recordsNamed(Name)).toHaveLength(outcome ? 0 : 1)
  },
)

test.each(['409', '429'])(
  'a read throttled with %s waits once if the wait is short',
  async (status) => {
    await desk.switches({ throttleStatus: status })
    await desk.fault({ kind: 'throttle', path: PATH, retryAfter: 1 })
    const answer = await fresh().request(PATH)
    await desk.switches({ throttleStatus: '409' })

    expect(answer.status).toBe(200)
    expect(await desk.calls()).toEqual([`GET ${PATH}`, `GET ${PATH}`])
  },
)

test('a read that is throttled again after its wait fails with the next wait', async () => {
  await desk.fault({ kind: 'throttle', path: PATH, times: 3, retryAfter: 1 })
  const { status, body } = await fresh().request(PATH)
  expect([status, body.code, body.retryAfterMs]).toEqual([429, 'throttled', 1_000])
  expect(await desk.calls()).toHaveLength(2)
})

const nextYear = new Date(Date.now() + 365 * 24 * 60 * 60_000).toUTCString()

test.each<[string, object, number]>([
  ['seconds', { retryAfter: 20 }, 20_000],
  ['decimal seconds', { retryAfter: '20.5' }, 20_500],
  ['a date', { retryAfter: nextYear }, 60_000],
  ['a text', { waitText: 30 }, 30_000],
  ['nothing', {}, 15_000],
  ['NaN', { retryAfter: 'NaN' }, 15_000],
  ['a huge number', { retryAfter: '99999999999999999999' }, 60_000],
])('a read told to wait by %s fails with that wait', async (_how, how, retryAfterMs) => {
  await desk.fault({ kind: 'throttle', path: PATH, ...how })
  const visitor = fresh()
  const { status, body, headers } = await visitor.request(PATH)

  expect([status, body.code, body.retryAfterMs]).toEqual([429, 'throttled', retryAfterMs])
  expect(headers.get('retry-after')).toBe(String(Math.ceil(retryAfterMs / 1000)))
  // after that, no call of this account is sent, whatever its path
  const next = await visitor.request('/api/sys/businesses')
  expect([next.body.code, next.body.retryAfterMs > 0]).toEqual(['throttled', true])
  expect(await desk.calls()).toEqual([`GET ${PATH}`])
})

test('a throttled account does not delay another account', async () => {
  const another = desk.openAnother()
  const [one, two] = [another.visitor(), another.visitor()]
  one.takeCookie(cookie)
  await two.signIn('viewer@hookdesk.test')
  await desk.fault({ kind: 'throttle', path: PATH, retryAfter: 60 })

  expect((await one.request(PATH)).status).toBe(429)
  expect((await two.request(PATH)).status).toBe(200)
})

test('a throttled write is not repeated, and changed nothing', async () => {
  const Name = crypto.randomUUID()
  await desk.fault({ kind: 'throttle', method: 'POST', retryAfter: 1 })
  const { status, body } = await fresh().create(draft(Name))

  expect([status, body.code, body.retryAfterMs]).toEqual([429, 'throttled', 1_000])
  expect(body.outcome).toBeUndefined()
  expect(await desk.calls()).toEqual([`GET ${PATH}`, `POST ${PATH}`])
})

test('a throttled sign-in tells how long to wait', async () => {
  await desk.fault({ kind: 'throttle', path: '/api/token', retryAfter: 9 })
  const { status, body } = await desk.openAnother().visitor().signIn('admin@hookdesk.test')
  expect([status, body.code, body.retryAfterMs]).toEqual([429, 'throttled', 9_000])
})

test('an unknown id is not found, or a failure if Nexudus answers 500', async () => {
  expect((await fresh().request(`${PATH}/1`)).body.code).toBe('not_found')
  await desk.switches({ missingId: '500' })
  const { body } = await fresh().request(`${PATH}/1`)
  await desk.switches({ missingId: '404' })
  expect([body.code, body.upstreamStatus]).toEqual(['upstream_error', 500])
})

test('a repeated 401 with a new token is a missing role; without a new token the session ends', async () => {
  await desk.fault({ kind: 'unauthorized', path: PATH, times: 9 })
  const { body } = await fresh().request(PATH)
  expect([body.code, body.missing]).toEqual(['permission_missing', 'WebHook-List'])
  expect(await desk.calls()).toEqual([`GET ${PATH}`, 'POST /api/token', `GET ${PATH}`])

  // a role that is known to be missing causes no request for a new token
  await desk.fault({ kind: 'unauthorized', times: 9 })
  const other = await fresh().request('/api/sys/businesses?page=1&size=25')
  expect(other.body.code).toBe('session_expired')
})
