import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { draft } from '#server/changes/test-draft.ts'
import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, json, lost } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { createRights } from './rights.ts'

const ME = '/api/auth/me'
const LIST = '/api/sys/webhooks'
const ROLES = ['WebHook-List', 'WebHook-Read', 'WebHook-Edit', 'WebHook-Create', 'WebHook-Delete']

let upstream: ReturnType<typeof createTestUpstream>
let desk: Awaited<ReturnType<typeof openDeskOver>>
let person: Visitor
beforeAll(async () => {
  desk = await openDeskOver((url, asked) => upstream.fetch(url, asked))
})
beforeEach(async () => {
  upstream = createTestUpstream({ UserRoles: [1] })
  grant(ROLES)
  person = desk.visitor(crypto.randomUUID())
  await person.signIn('admin@hookdesk.test')
  upstream.forget()
  grant(ROLES)
})
afterAll(() => desk.close())

/** The account's roles at Nexudus from now on. */
function grant(names: readonly string[]) {
  const Records = names.map((Name, Id) => ({ Id, Name }))
  upstream.tell('GET', '/api/security/roles', () => json({ Records }))
  const Roles = Records.map(({ Id }) => Id)
  upstream.tell('GET', '/api/security/userroles/1', () => json({ Id: 1, Roles }))
}

const ROLE = '/api/security/userroles/1'
const asked = () => upstream.arrived('GET').filter(({ path }) => path === ROLE).length
const failedToAsk = () => desk.logged().split('rights could not be read again').length - 1
const statusOf = async (path: string) => (await person.request(path)).status

test.each([
  ['the history', () => statusOf('/desk/history')],
  ['its people', () => statusOf('/desk/history/people')],
  ['its CSV', () => statusOf('/desk/history.csv')],
  [
    'a check of an address',
    async () => {
      const target = { kind: 'address', url: 'https://192.0.2.1/' }
      return (await person.request('/desk/probes', { method: 'POST', body: { target } })).status
    },
  ],
])('%s obeys the rights of the last five minutes', async (_what, ask) => {
  expect(await ask()).toBe(200)
  expect(asked()).toBe(0)
  grant([])
  desk.clock.pass(5 * 60_000)
  expect(await ask()).toBe(403)
  expect(asked()).toBe(1)
})

test.each([
  ['a 401', () => new Response('', { status: 401 })],
  ['a bare 403', () => new Response('', { status: 403 })],
  ['a 403 with a reason', () => json({ Message: 'Forbidden' }, 403)],
  ['"Access Denied" in a 400', () => json({ Message: 'Access Denied' }, 400)],
  ['"Access Denied" in a 200', () => json({ Message: 'Access denied.', WasSuccessful: false })],
  ['"Access Denied" as a text', () => json('Access Denied')],
])('%s names the missing role, and makes the history read the rights again', async (_, answer) => {
  upstream.tell('GET', LIST, answer)
  const { status, body } = await person.request(LIST)
  expect([status, body.code, body.missing]).toEqual([403, 'permission_missing', 'WebHook-List'])
  grant([])
  expect(await statusOf('/desk/history')).toBe(403)
})

test('a read that failed inside a 200 is a failure, even if it carries data', async () => {
  upstream.tell('GET', LIST, () =>
    json({ WasSuccessful: false, Message: 'Ooops', Records: [], TotalPages: 1 }),
  )
  const { status, body } = await person.request(LIST)
  expect([status, body.code, body.reason]).toEqual([502, 'upstream_error', 'unanswered'])
  expect(body.said).toBe('Ooops')
})

test("a gateway's 403 page does not count as a missing role", async () => {
  upstream.tell('GET', LIST, () => new Response('<html>Blocked</html>', { status: 403 }))
  expect((await person.request(LIST)).body.code).toBe('upstream_not_json')
})

test('an outage takes no rights away, and does not delay every request', async () => {
  upstream.tell('GET', ME, lost)
  desk.clock.pass(5 * 60_000)
  expect(await statusOf('/desk/history')).toBe(200)
  expect(await statusOf('/desk/history')).toBe(200)
  expect(failedToAsk()).toBe(1)

  upstream.forget()
  grant([])
  desk.clock.pass(30_000)
  expect(await statusOf('/desk/history')).toBe(403)
})

test('requests at the same moment share one reading of the rights', async () => {
  desk.clock.pass(5 * 60_000)
  await Promise.all([1, 2, 3, 4].map(() => statusOf('/desk/history')))
  expect(asked()).toBe(1)
})

test('a session that was read before another request stored the rights asks nobody again', async () => {
  const token = { access_token: 'a', refresh_token: 'b', expires_in: 60 }
  const session = {
    key: 'k',
    clientId: 'c',
    generation: 0,
    token,
    tokensReceivedAt: new Date(0),
    tokensExpireAt: new Date(0),
    refused: [],
    rightsAt: new Date(0),
    signedIn: {
      email: 'ana@hookdesk.test',
      name: 'Ana',
      rights: { kind: 'unrestricted' as const },
      locations: null,
      endsAt: new Date(0).toISOString(),
    },
  }
  const stored = { ...session, rightsAt: desk.clock.now() }
  const rights = createRights({
    store: { findByKey: () => Promise.resolve(stored), setIdentity: () => Promise.resolve() },
    callOf: () => () => Promise.reject(new Error('Nexudus was asked again')),
    now: desk.clock.now,
    log: desk.log,
  })
  expect(await rights.refreshed(session)).toBe(stored)
})

test('deleting a webhook that the account cannot see is not found, and nothing is noted', async () => {
  const { body } = await person.create(draft())
  const { Id } = body.webhook
  upstream.tell('GET', `${LIST}/${Id}`, () => json('Not found', 404))
  const answer = await person.remove(Id, {})
  expect([answer.status, answer.body.code]).toEqual([404, 'not_found'])
  expect(upstream.arrived('DELETE')).toEqual([])
  expect(await desk.history(Id)).toHaveLength(1)
})

test('a too large first webhook does not hide the history', async () => {
  // the account's roles are unknown, so the list of webhooks decides
  upstream = createTestUpstream({ IsAdmin: false })
  await person.signIn('admin@hookdesk.test')
  upstream.tell('GET', LIST, () => json({ Records: [{ Name: 'x'.repeat(9 * 1024 * 1024) }] }))
  upstream.tell('GET', '/api/sys/businesses', ({ query }) => {
    const size = Number(new URLSearchParams(query).get('size'))
    const Name = 'x'.repeat(size > 1 ? 9 * 1024 * 1024 : 10)
    return json({ Records: [{ Id: 1_400_000_001, Name }], TotalItems: 1 })
  })
  expect(await statusOf('/desk/history')).toBe(200)
})
