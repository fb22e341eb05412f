import { and, eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { tokens } from '#sandbox/db/tables.ts'
import { openTestDesk, PATIENT, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { sessions } from './tables.ts'

const DAY = 24 * 60 * 60_000
const LIST = '/api/sys/webhooks?page=1&size=1'
const GOT_LIST = 'GET /api/sys/webhooks'
const ASKED_TOKEN = 'POST /api/token'

let desk: TestDesk
// tokens live for a week, so the sessions of these tests live for longer
const lifetimes = { idleMs: 60 * DAY, absoluteMs: 60 * DAY }
beforeAll(async () => {
  desk = await openTestDesk({ lifetimes, limits: PATIENT })
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

async function signedIn(email = 'admin@hookdesk.test') {
  const visitor = desk.visitor()
  const { status } = await visitor.signIn(email)
  expect(status).toBe(200)
  await desk.startCounting()
  return visitor
}

/** The same person in another process. */
function inAnother(visitor: Visitor): Visitor {
  const other = desk.openAnother().visitor()
  other.takeCookie(visitor.cookie())
  return other
}

const times = async (what: string) => (await desk.calls()).filter((call) => call === what).length
const list = (visitor: Visitor) => visitor.request(LIST)
const statuses = (answers: { status: number }[]) => [
  ...new Set(answers.map(({ status }) => status)),
]

test('a token is not renewed before four fifths of its life', async () => {
  const visitor = await signedIn()
  desk.clock.pass(5.5 * DAY)
  expect((await list(visitor)).status).toBe(200)
  expect(await times(ASKED_TOKEN)).toBe(0)
})

test.each([
  ['near its end', 5.7 * DAY],
  ['past its end', 7.1 * DAY],
])('fifty requests at once with a token %s renew it exactly once', async (_when, ms) => {
  const visitor = await signedIn()
  desk.clock.pass(ms)
  const answers = await Promise.all(Array.from({ length: 50 }, () => list(visitor)))

  expect(statuses(answers)).toEqual([200])
  expect([await times(ASKED_TOKEN), await times(GOT_LIST)]).toEqual([1, 50])
  await list(visitor)
  expect(await times(ASKED_TOKEN)).toBe(1)
})

test('fifty requests at once over two processes renew the token exactly once', async () => {
  const visitor = await signedIn()
  const other = inAnother(visitor)
  desk.clock.pass(6 * DAY)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => list(index % 2 ? visitor : other)),
  )
  expect(statuses(answers)).toEqual([200])
  expect(await times(ASKED_TOKEN)).toBe(1)
})

test('a 401 in mid-session leads to one renewal and one repetition', async () => {
  const visitor = await signedIn()
  await desk.fault({ kind: 'unauthorized', path: '/api/sys/webhooks' })

  expect((await list(visitor)).status).toBe(200)
  expect(await desk.calls()).toEqual([GOT_LIST, ASKED_TOKEN, GOT_LIST])
})

test('thirty requests that all get a 401 share one renewal', async () => {
  const visitor = await signedIn()
  // as if Nexudus had dropped every token, except the one that the tests themselves use
  const ofSessions = like(tokens.clientId, 'hookdesk-%')
  await desk.db.delete(tokens).where(and(eq(tokens.kind, 'access'), ofSessions))

  const answers = await Promise.all(Array.from({ length: 30 }, () => list(visitor)))
  expect(statuses(answers)).toEqual([200])
  expect(await times(ASKED_TOKEN)).toBe(1)
})

test('a write that got a 401 is repeated once, since nothing had happened', async () => {
  const visitor = await signedIn()
  await desk.fault({ kind: 'unauthorized', method: 'POST', path: '/api/sys/webhooks' })
  const Name = crypto.randomUUID()
  const { status } = await visitor.create({
    BusinessId: 1_400_000_001,
    Action: 6,
    Name,
    Description: '',
    Active: true,
    URL: 'https://hooks.example.com',
  })
  expect([status, await desk.recordsNamed(Name)]).toMatchObject([200, [{ name: Name }]])
  expect(await times('POST /api/sys/webhooks')).toBe(2)
})

test('a refused renewal ends the session for good, on the server', async () => {
  const visitor = await signedIn()
  const cookie = visitor.cookie()
  await desk.fault({ kind: 'unauthorized', path: '/api/', times: 2 })

  const { status, body } = await list(visitor)
  expect([status, body.code]).toEqual([401, 'session_expired'])
  await desk.startCounting()
  visitor.takeCookie(cookie)
  expect((await list(visitor)).body.code).toBe('session_expired')
  expect((await visitor.request('/desk/session')).body.session).toBeNull()
  expect(await desk.calls()).toEqual([])
})

test('forty requests share one refused renewal, and all end', async () => {
  const visitor = await signedIn()
  desk.clock.pass(6 * DAY)
  await desk.fault({ kind: 'unauthorized', path: '/api/token', times: 40 })

  const answers = await Promise.all(Array.from({ length: 40 }, () => list(visitor)))
  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['session_expired']))
  expect(await times(ASKED_TOKEN)).toBe(1)
})

test('a renewal whose answer is lost is repeated once, and then the session ends', async () => {
  const visitor = await signedIn()
  desk.clock.pass(6 * DAY)
  // carried out, so the stored pair is dead, which the second attempt shows
  await desk.fault({ kind: 'lost_answer', path: '/api/token' })
  const answers = await Promise.all(Array.from({ length: 20 }, () => list(visitor)))

  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['session_expired']))
  expect(await times(ASKED_TOKEN)).toBe(2)
  expect(await times(GOT_LIST)).toBe(0)
})

test('a renewal that never arrived is repeated once, and works', async () => {
  const visitor = await signedIn()
  desk.clock.pass(6 * DAY)
  await desk.fault({ kind: 'drop', path: '/api/token' })

  const answers = await Promise.all(Array.from({ length: 20 }, () => list(visitor)))
  expect(statuses(answers)).toEqual([200])
  expect(await times(ASKED_TOKEN)).toBe(2)
})

test('a renewal that is lost twice fails without a loop, and the session lives on', async () => {
  const visitor = await signedIn()
  desk.clock.pass(6 * DAY)
  await desk.fault({ kind: 'drop', path: '/api/token', times: 2 })

  const answers = await Promise.all(Array.from({ length: 20 }, () => list(visitor)))
  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['upstream_unreachable']))
  expect(await times(ASKED_TOKEN)).toBe(2)
  expect((await list(visitor)).status).toBe(200)
})

test('a renewal that another process did not finish is taken over', async () => {
  const visitor = await signedIn()
  desk.clock.pass(6 * DAY)
  const refreshClaimedUntil = new Date(desk.clock.now().getTime() + 45_000)
  await desk.db.update(sessions).set({ refreshClaim: 'of the dead', refreshClaimedUntil })

  const waiting = list(visitor)
  await list(await signedIn())
  expect(await times(ASKED_TOKEN)).toBe(0)
  desk.clock.pass(45_001)
  expect((await waiting).status).toBe(200)
  expect(await times(ASKED_TOKEN)).toBe(1)
})

test('each session has a client id of its own, so none ends another', async () => {
  const visitors = [await signedIn(), await signedIn(), await signedIn()]
  const rows = await desk.db.select().from(sessions)
  expect(new Set(rows.map(({ clientId }) => clientId)).size).toBe(rows.length)

  desk.clock.pass(6 * DAY)
  const answers = await Promise.all(visitors.map(list))
  expect(statuses(answers)).toEqual([200])
  expect(await times(ASKED_TOKEN)).toBe(3)
})

test.each([
  ['norole@hookdesk.test', '/api/sys/webhooks', 'WebHook-List'],
  ['norole@hookdesk.test', '/api/sys/webhooks/1400099001', 'WebHook-Read'],
  ['norole@hookdesk.test', '/api/sys/businesses', 'Business-List'],
  ['norole@hookdesk.test', '/api/sys/businesses/1400000001', 'Business-Read'],
  ['viewer@hookdesk.test', '/api/sys/users/1400010001', 'User-Read'],
])('%s is told which role %s needs, and stays signed in', async (email, path, missing) => {
  const visitor = await signedIn(email)
  const { status, body } = await visitor.request(path)

  expect([status, body.code, body.missing]).toEqual([403, 'permission_missing', missing])
  expect(await times(ASKED_TOKEN)).toBe(1)
  expect((await visitor.request('/desk/session')).body.session.email).toBe(email)
})
