import { sql } from 'drizzle-orm'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { DEMO_PASSWORD, SANDBOX_TOTP_SECRET } from '#sandbox/access/accounts.ts'
import { openTestDesk, LIFETIMES, type TestDesk } from '#server/testing/test-desk.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk()
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

const codeAt = (now: Date) =>
  new TOTP({ secret: SANDBOX_TOTP_SECRET }).generate({ timestamp: now.getTime() })

/** A person with their own source, so that tests do not use up each other's attempts. */
const newcomer = () => desk.visitor(crypto.randomUUID())

test("a successful sign-in returns the person, their rights, and the session's end", async () => {
  const visitor = newcomer()
  const { status, body } = await visitor.signIn('admin@hookdesk.test')

  expect(status).toBe(200)
  expect(body.session).toEqual({
    email: 'admin@hookdesk.test',
    name: 'Ana Admin',
    rights: { kind: 'unrestricted' },
    locations: null,
    endsAt: new Date(desk.clock.now().getTime() + LIFETIMES.absoluteMs).toISOString(),
  })
  expect((await visitor.request('/desk/session')).body).toEqual(body)
  expect((await visitor.request('/api/sys/webhooks')).status).toBe(200)
})

test('a limited account gets its roles and its locations', async () => {
  const { body } = await newcomer().signIn('manager@hookdesk.test')
  expect(body.session.locations).toHaveLength(2)
  expect(body.session.rights.kind).toBe('roles')
  expect(body.session.rights.roles).toEqual(
    expect.arrayContaining(['WebHook-List', 'WebHook-Read', 'WebHook-Edit']),
  )
  expect(body.session.rights.roles).not.toContain('WebHook-Create')
})

test('an account that cannot read its roles is offered everything', async () => {
  const { body } = await newcomer().signIn('norole@hookdesk.test')
  expect(body.session.rights).toEqual({ kind: 'unknown' })
})

test('a wrong name and a wrong password get the same answer', async () => {
  const answers = await Promise.all([
    newcomer().signIn('admin@hookdesk.test', { password: 'wrong' }),
    newcomer().signIn('nobody@hookdesk.test'),
    newcomer().signIn('totp@hookdesk.test', { password: 'wrong' }),
    newcomer().signIn('reset@hookdesk.test', { password: 'wrong' }),
  ])
  for (const { status, body, headers } of answers) {
    expect(status).toBe(401)
    expect({ ...body, requestId: '' }).toEqual({
      code: 'sign_in_failed',
      reason: 'password',
      requestId: '',
    })
    expect(headers.getSetCookie()).toEqual([])
  }
})

test('the second factor is asked for, a wrong code refused, and a correct one accepted', async () => {
  const visitor = newcomer()
  const asked = await visitor.signIn('totp@hookdesk.test')
  expect([asked.status, asked.body.code, asked.body.reason]).toEqual([
    401,
    'second_factor',
    'code_needed',
  ])

  const good = codeAt(desk.clock.now())
  const totp = good === '000000' ? '111111' : '000000'
  const wrong = await visitor.signIn('totp@hookdesk.test', { totp })
  expect([wrong.status, wrong.body.code, wrong.body.reason]).toEqual([
    401,
    'second_factor',
    'code_wrong',
  ])
  expect(visitor.cookie()).toBeUndefined()

  const { status, body } = await visitor.signIn('totp@hookdesk.test', { totp: ` ${good} ` })
  expect([status, body.session.email]).toEqual([200, 'totp@hookdesk.test'])
})

test('if a wrong code is refused like a wrong password, the message mentions both', async () => {
  await desk.switches({ wrongCode: 'invalid_grant' })
  const visitor = newcomer()
  const asked = await visitor.signIn('totp@hookdesk.test')
  const good = codeAt(desk.clock.now())
  const totp = good === '000000' ? '111111' : '000000'
  const wrong = await visitor.signIn('totp@hookdesk.test', { totp })
  await desk.switches({ wrongCode: 'two_factor_auth_check' })

  expect(asked.body.code).toBe('second_factor')
  expect([wrong.status, wrong.body.code, wrong.body.reason]).toEqual([
    401,
    'sign_in_failed',
    'password_or_code',
  ])
  const other = await newcomer().signIn('admin@hookdesk.test', { password: 'wrong', totp })
  expect({ ...other.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
})

test('an account that names every location is not limited', async () => {
  const { body } = await newcomer().signIn('named@hookdesk.test')
  expect(body.session).toMatchObject({ rights: { kind: 'unrestricted' }, locations: null })
})

test('a forced reset is explained', async () => {
  const { status, body } = await newcomer().signIn('reset@hookdesk.test')
  expect([status, body.code]).toEqual([401, 'reset_forced'])
  expect(Object.keys(body).toSorted()).toEqual(['code', 'requestId'])
})

test.each([
  ['html', 'upstream_not_json'],
  ['empty', 'upstream_not_json'],
  ['broken_json', 'upstream_bad_json'],
  ['drop_mid_body', 'upstream_bad_json'],
  ['drop', 'upstream_unreachable'],
  ['error', 'upstream_error'],
  ['unsuccessful', 'upstream_error'],
] as const)(
  'a token answer that is %s is a failure of Nexudus, with one attempt',
  async (kind, code) => {
    const visitor = newcomer()
    await desk.fault({ kind, path: '/api/token' })
    const { status, body } = await visitor.signIn('admin@hookdesk.test')

    expect([status, body.code]).toEqual([502, code])
    expect(visitor.cookie()).toBeUndefined()
    expect(await desk.calls()).toEqual(['POST /api/token'])
  },
)

test.each([
  ['500', { kind: 'error' }, 'upstream_error', 'sign_in_500', 500],
  ['a page with 403', { kind: 'html', status: 403 }, 'upstream_not_json', 'sign_in_403', 403],
  ['an empty 403', { kind: 'empty', status: 403 }, 'upstream_error', 'sign_in_403', 403],
  ['503', { kind: 'error', status: 503 }, 'upstream_error', 'failed', 503],
] as const)(
  'a sign-in that is answered by %s explains the likely meaning',
  async (_what, order, code, reason, upstreamStatus) => {
    const visitor = newcomer()
    await desk.fault({ ...order, path: '/api/token' })
    const { status, body } = await visitor.signIn('admin@hookdesk.test')
    expect(status).toBe(502)
    expect(body).toMatchObject({ code, reason, upstreamStatus })
    expect(visitor.cookie()).toBeUndefined()
    // and it does not count as a failure of the account
    expect((await visitor.signIn('admin@hookdesk.test')).status).toBe(200)
  },
)

/** The cookie of a sign-in to the desk at `origin`, parsed. */
async function cookieAt(origin: string) {
  const own = desk.openAnother({ origins: [origin] }).visitor(crypto.randomUUID())
  const { headers } = await own.request('/desk/session', {
    method: 'POST',
    body: { email: 'admin@hookdesk.test', password: DEMO_PASSWORD },
    headers: { host: new URL(origin).host, origin },
  })
  const [line = '', ...more] = headers.getSetCookie()
  const [pair = '', ...attributes] = line.split('; ')
  const [name = '', id = ''] = pair.split('=')
  expect([more, line.length < 200]).toEqual([[], true])
  // 256 random bits
  expect(id).toMatch(/^[\w-]{43}$/)
  return { name, attributes: attributes.toSorted() }
}

test.each([
  ['https://desk.example.com', '__Host-hookdesk-443', ['Secure']],
  ['https://desk.example.com:8443', '__Host-hookdesk-8443', ['Secure']],
  // Safari keeps no Secure cookie that came over plain http
  ['http://localhost:4400', 'hookdesk-4400', []],
  ['http://127.0.0.1:4610', 'hookdesk-4610', []],
])('the cookie of a desk at %s is named %s and has exactly its attributes', async (...row) => {
  const [origin, name, more] = row
  const end = new Date(desk.clock.now().getTime() + LIFETIMES.absoluteMs).toUTCString()
  expect(await cookieAt(origin)).toEqual({
    name,
    attributes: [`Expires=${end}`, 'HttpOnly', 'Path=/', 'SameSite=Strict', ...more].toSorted(),
  })
})

test('the cookie of a desk at another port of this host signs nobody in', async () => {
  const visitor = newcomer()
  await visitor.signIn('admin@hookdesk.test')
  const [, id] = visitor.cookie()?.split('=') ?? []
  visitor.takeCookie(`hookdesk-4610=${id}`)
  expect((await visitor.request('/api/sys/webhooks')).body.code).toBe('not_signed_in')
})

test('every sign-in has a new id, and ends the previous one', async () => {
  const visitor = newcomer()
  await visitor.signIn('admin@hookdesk.test')
  const first = visitor.cookie()
  await visitor.signIn('admin@hookdesk.test')
  expect(visitor.cookie()).not.toBe(first)

  const thief = newcomer()
  thief.takeCookie(first)
  expect((await thief.request('/api/sys/webhooks')).body.code).toBe('session_expired')
})

test('a session id planted before the sign-in is not used', async () => {
  const visitor = newcomer()
  const planted = `hookdesk-4400=${'A'.repeat(43)}`
  visitor.takeCookie(planted)
  await visitor.signIn('admin@hookdesk.test')
  expect(visitor.cookie()).not.toBe(planted)

  visitor.takeCookie(planted)
  expect((await visitor.request('/desk/session')).body.session).toBeNull()
})

test('signing out ends the session on the server', async () => {
  const visitor = newcomer()
  await visitor.signIn('admin@hookdesk.test')
  const cookie = visitor.cookie()
  const { status, body, headers } = await visitor.signOut()

  expect([status, body.session, visitor.cookie()]).toEqual([200, null, undefined])
  expect(headers.get('clear-site-data')).toContain('"cache"')
  visitor.takeCookie(cookie)
  const replayed = await visitor.request('/api/sys/webhooks')
  expect([replayed.status, replayed.body.code]).toEqual([401, 'session_expired'])
})

test('without a cookie nobody is signed in, and Nexudus is not called', async () => {
  const visitor = newcomer()
  expect((await visitor.request('/desk/session')).body.session).toBeNull()
  const { status, body } = await visitor.request('/api/sys/webhooks')
  expect([status, body.code]).toEqual([401, 'not_signed_in'])
  expect(await desk.calls()).toEqual([])
})

test.each(['', 'x', 'A'.repeat(43), '%00', '"', "' or 1=1 --", 'ä'.repeat(20)])(
  'the cookie value %j opens no session',
  async (value) => {
    const visitor = newcomer()
    visitor.takeCookie(`hookdesk-4400=${encodeURIComponent(value)}`)
    expect((await visitor.request('/api/sys/webhooks')).status).toBe(401)
    expect((await visitor.request('/desk/session')).body.session).toBeNull()
  },
)

test('after a change of the secret people sign in again, and nothing breaks', async () => {
  const visitor = newcomer()
  await visitor.signIn('admin@hookdesk.test')
  const changed = desk.openAnother({ secrets: ['another secret, also longer than thirty-two'] })
  const later = changed.visitor()
  later.takeCookie(visitor.cookie())

  expect((await later.request('/desk/session')).body.session).toBeNull()
  expect((await later.request('/api/sys/webhooks')).body.code).toBe('session_expired')
  expect((await later.signIn('admin@hookdesk.test')).status).toBe(200)
})

test('a new secret put in front keeps the sessions of the old one alive', async () => {
  const visitor = newcomer()
  await visitor.signIn('admin@hookdesk.test')
  const secrets: [string, ...string[]] = ['a newer secret', 'a secret of the tests, longer than 32']
  const later = desk.openAnother({ secrets }).visitor()
  later.takeCookie(visitor.cookie())
  expect((await later.request('/api/sys/webhooks')).status).toBe(200)
})

test('a session row copied under another id opens no session', async () => {
  const [victim, thief] = [newcomer(), newcomer()]
  await victim.signIn('admin@hookdesk.test')
  await thief.signIn('norole@hookdesk.test')
  await desk.db.execute(sql`
    update desk.sessions set tokens = (
      select tokens from desk.sessions where email = 'admin@hookdesk.test' limit 1
    ) where email = 'norole@hookdesk.test'`)

  expect((await thief.request('/api/sys/webhooks')).body.code).toBe('session_expired')
  expect((await victim.request('/api/sys/webhooks')).status).toBe(200)
})
