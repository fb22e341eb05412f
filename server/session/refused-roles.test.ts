import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, json } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

const DAY = 24 * 60 * 60_000
const LIST = '/api/sys/webhooks'
const PLACES = '/api/sys/businesses'
const TOKEN = '/api/token'

let upstream: ReturnType<typeof createTestUpstream>
let desk: Awaited<ReturnType<typeof openDeskOver>>
let person: Visitor
// tokens live for a week, so the sessions of these tests live for longer
const lifetimes = { idleMs: 60 * DAY, absoluteMs: 60 * DAY }
beforeAll(async () => {
  desk = await openDeskOver((url, asked) => upstream.fetch(url, asked), { lifetimes })
})
beforeEach(async () => {
  await signIn({ IsAdmin: false })
})
afterAll(() => desk.close())

/** Signs in as an account with these values at Nexudus; then counting begins anew. */
async function signIn(user: Record<string, unknown>) {
  upstream = createTestUpstream(user)
  person = desk.visitor(crypto.randomUUID())
  await person.signIn('admin@hookdesk.test')
  upstream.forget()
}

const refused = () => new Response('', { status: 401 })
const granted = () => json({ Records: [], TotalItems: 0 })

const asked = (path: string) => upstream.arrived().filter((call) => call.path === path).length
const refreshes = () => asked(TOKEN)

async function codeOf(path: string, visitor = person): Promise<unknown> {
  const { status, body } = await visitor.request(path)
  return status === 200 ? 200 : [status, body.code, body.missing]
}
const LACKS_LIST = [403, 'permission_missing', 'WebHook-List']
const LACKS_PLACES = [403, 'permission_missing', 'Business-List']

test('a missing role costs one refresh, and later calls still go to Nexudus', async () => {
  upstream.tell('GET', LIST, refused)
  for (let call = 0; call < 5; call += 1) expect(await codeOf(LIST)).toEqual(LACKS_LIST)
  expect([refreshes(), asked(LIST)]).toEqual([1, 6])
})

test('two missing roles cost one refresh each, in any order of calls', async () => {
  upstream.tell('GET', LIST, refused)
  upstream.tell('GET', PLACES, refused)
  for (let call = 0; call < 4; call += 1) {
    expect(await codeOf(LIST)).toEqual(LACKS_LIST)
    expect(await codeOf(PLACES)).toEqual(LACKS_PLACES)
  }
  expect(refreshes()).toBe(2)
})

test('twenty requests at once for a missing role cost one refresh, even over two processes', async () => {
  upstream.tell('GET', LIST, refused)
  const other = desk.openAnother().visitor()
  other.takeCookie(person.cookie())
  const requests = Array.from({ length: 20 }, (_none, index) =>
    codeOf(LIST, index % 2 ? person : other),
  )
  expect(new Set((await Promise.all(requests)).map(String))).toEqual(new Set([String(LACKS_LIST)]))
  for (const visitor of [other, person, other]) {
    expect(await codeOf(LIST, visitor)).toEqual(LACKS_LIST)
  }
  expect(refreshes()).toBe(1)
})

test('after the token was renewed, a missing role costs one more refresh', async () => {
  upstream.tell('GET', LIST, refused)
  await codeOf(LIST)
  desk.clock.pass(6 * DAY)
  for (let call = 0; call < 3; call += 1) expect(await codeOf(LIST)).toEqual(LACKS_LIST)
  // the first for the role, the second for the token's age, the third for the role again
  expect(refreshes()).toBe(3)
})

test('a role granted meanwhile is noticed at once, and so is a token dropped after that', async () => {
  upstream.tell('GET', LIST, refused)
  await codeOf(LIST)
  upstream.tell('GET', LIST, granted)
  expect([await codeOf(LIST), refreshes()]).toEqual([200, 1])

  upstream.tell('GET', LIST, refused, 1)
  expect([await codeOf(LIST), refreshes()]).toEqual([200, 2])
})

test('a dropped token is renewed for a role that was not refused', async () => {
  upstream.tell('GET', LIST, refused)
  upstream.tell('GET', PLACES, granted)
  await codeOf(LIST)
  upstream.tell('GET', PLACES, refused, 1)
  expect([await codeOf(PLACES), refreshes()]).toEqual([200, 2])
})

test('a write without its role is sent twice the first time, and then once', async () => {
  upstream.tell('DELETE', /^\/api\/sys\/webhooks\/\d+$/, refused)
  upstream.records.set(1_400_000_001, JSON.stringify({ ...webhook(), Id: 1_400_000_001 }))
  for (let call = 0; call < 3; call += 1) {
    expect((await person.remove(1_400_000_001, {})).body.missing).toBe('WebHook-Delete')
  }
  expect([refreshes(), upstream.arrived('DELETE').length]).toEqual([1, 4])
})

const webhook = () => ({
  BusinessId: 1_400_000_001,
  Action: 6,
  Name: 'Door',
  Description: null,
  Active: true,
  URL: 'https://hooks.example.com/',
  LastError: null,
  ErrorCount: 0,
  LastTrigger: null,
})

/** The account's roles at Nexudus from now on, through its one user role. */
function grant(names: readonly string[]) {
  const Records = names.map((Name, Id) => ({ Id, Name }))
  upstream.tell('GET', '/api/security/roles', () => json({ Records, TotalItems: names.length }))
  const Roles = Records.map(({ Id }) => Id)
  upstream.tell('GET', '/api/security/userroles/1', () => json({ Id: 1, Roles }))
}

test('a role that is held but refused is not asked about for ever', async () => {
  upstream = createTestUpstream({ UserRoles: [1] })
  grant(['WebHook-List', 'WebHook-Read'])
  person = desk.visitor(crypto.randomUUID())
  await person.signIn('admin@hookdesk.test')
  upstream.forget()
  grant(['WebHook-List', 'WebHook-Read'])
  upstream.tell('GET', LIST, refused)

  for (let call = 0; call < 4; call += 1) {
    expect(await codeOf(LIST)).toEqual(LACKS_LIST)
    expect(await codeOf('/desk/history')).toBe(200)
  }
  expect([refreshes(), asked('/api/security/roles')]).toEqual([1, 1])

  // other rights make Hookdesk forget the earlier refusals
  grant(['WebHook-List', 'WebHook-Read', 'WebHook-Edit'])
  desk.clock.pass(5 * 60_000)
  expect(await codeOf('/desk/history')).toBe(200)
  expect(await codeOf(LIST)).toEqual(LACKS_LIST)
  expect(refreshes()).toBe(2)
})

test("the refused roles are not part of the session's answer", async () => {
  upstream.tell('GET', LIST, refused)
  await codeOf(LIST)
  const { body } = await person.request('/desk/session')
  expect(body.session.rights).toEqual({ kind: 'unknown' })
})

test.each([
  ['text', '1200'],
  ['text with spaces', ' 1200 '],
  ['a fraction', 1200.75],
])('a token life of twenty minutes written as %s is believed', async (_how, expires_in) => {
  await signInWith({ expires_in })
  desk.clock.pass(15 * 60_000)
  expect([await codeOf(LIST), refreshes()]).toEqual([200, 0])
  desk.clock.pass(2 * 60_000)
  expect([await codeOf(LIST), refreshes()]).toEqual([200, 1])
})

test.each([
  ['absent', undefined],
  ['null', null],
  ['negative', -1],
  ['zero', 0],
  ['words', 'soon'],
  ['beyond every date', 1e300],
])(
  'a token life that is %s does no harm, and does not renew the token at every call',
  async (_how, life) => {
    await signInWith({ expires_in: life })
    for (let call = 0; call < 3; call += 1) expect(await codeOf(LIST)).toBe(200)
    expect(refreshes()).toBe(0)
  },
)

async function signInWith(more: Record<string, unknown>) {
  upstream = createTestUpstream()
  upstream.tell('POST', TOKEN, () =>
    json({ access_token: 'a', token_type: 'bearer', refresh_token: 'r', ...more }),
  )
  person = desk.visitor(crypto.randomUUID())
  expect((await person.signIn('admin@hookdesk.test')).status).toBe(200)
  upstream.forget()
  upstream.tell('POST', TOKEN, () => json({ access_token: 'b', refresh_token: 's', ...more }))
}
