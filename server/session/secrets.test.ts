import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openDeskOver, openTestDesk } from '#server/testing/test-desk.ts'
import { createTestUpstream, json, lost, rawJson } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { sessions } from './tables.ts'

/**
 * Finds the password, both tokens of every pair, the reset token, secrets of the user, keys of a
 * URL.
 */
const leaks = (text: string) => text.match(/.{0,60}canary.{0,20}/gi) ?? []

const SECRETS = {
  AccessToken: 'canary-user-access',
  Password: 'canary-hash',
  PasswordSalt: 'canary-salt',
  TwoFactorSecret: 'canary-totp',
}

const upstream = createTestUpstream(SECRETS)
let desk: Awaited<ReturnType<typeof openDeskOver>>
let visitor: Visitor
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
  visitor = desk.visitor()
})
beforeEach(() => upstream.forget())
afterAll(() => desk.close())

const signIn = () => visitor.signIn('admin@hookdesk.test', { password: 'canary-password' })

/** Every table of the desk as text, as a thief with a copy would read it. */
async function dump() {
  const tables = ['sessions', 'sign_in_failures', 'known_sources', 'intents', 'channels', 'feeds']
  const rows = await Promise.all(
    tables.map((name) => desk.db.execute(sql.raw(`select t.*::text from desk.${name} t`))),
  )
  return JSON.stringify(rows)
}

test('neither password nor token is in an answer, the log or the database', async () => {
  const answers = [
    await signIn(),
    await visitor.request('/desk/session'),
    await visitor.request('/api/auth/me'),
    await visitor.request('/api/sys/webhooks?page=1&canary=1'),
    await visitor.request('/api/sys/webhooks/5'),
    await desk.visitor().signIn('admin@hookdesk.test', { password: '' }),
    await visitor.request('/desk/session', { method: 'POST', body: '{"password":"canary-broken' }),
  ]
  upstream.tell('GET', '/api/sys/webhooks', () => new Response(null, { status: 401 }), 1)
  answers.push(await visitor.request('/api/sys/webhooks'))

  for (const { text, headers } of answers) {
    expect(leaks(text)).toEqual([])
    expect(leaks(JSON.stringify([...headers]))).toEqual([])
  }
  const cookieId = visitor.cookie()?.split('=')[1] ?? 'none'
  expect(leaks(desk.logged())).toEqual([])
  expect(desk.logged()).not.toContain(cookieId)

  const kept = await dump()
  expect(kept).toContain('admin@hookdesk.test')
  expect(leaks(kept)).toEqual([])
  expect(kept).not.toContain(cookieId)
  expect(await desk.db.select().from(sessions)).toMatchObject([{ generation: 2 }])
})

test('exactly the secrets of a user are removed, at any depth', async () => {
  await signIn()
  const user = { Id: 7, Email: 'x@y.test', FullName: 'José', UserRoles: [1], Team: { ...SECRETS } }
  upstream.tell('GET', '/api/sys/users/7', () => json({ ...user, ...SECRETS }))
  const { status, body } = await visitor.request('/api/sys/users/7')
  expect([status, body]).toEqual([200, { ...user, Team: {} }])

  upstream.tell('GET', '/api/auth/me', () => json([{ ...user, ...SECRETS }]))
  const me = await visitor.request('/api/auth/me')
  expect(me.body).toEqual([{ ...user, Team: {} }])
})

test.each([
  ['as JSON', () => json({ error: 'must_reset_password', error_description: 'canary-reset' }, 400)],
  [
    'as a text',
    () =>
      new Response('{"error":"must_reset_password","error_description":"canary-reset"}', {
        status: 400,
        headers: { 'content-type': 'text/plain' },
      }),
  ],
  ['broken', () => rawJson('{"error":"must_reset_password","error_description":"canary-r', 400)],
  ['as an unknown error', () => json({ error: 'new', error_description: 'canary-reset' }, 400)],
  ['as a failure', () => json({ error_description: 'canary-reset' }, 500)],
  ['as tokens of a wrong shape', () => json({ access_token: 'canary', refresh_token: ['canary'] })],
  [
    'as tokens in a page',
    () => new Response('<p>canary-access</p>', { headers: { 'content-type': 'text/html' } }),
  ],
])('a token answer with %s is neither shown nor logged', async (_how, answer) => {
  upstream.tell('POST', '/api/token', answer)
  const { status, text, body } = await desk
    .visitor(crypto.randomUUID())
    .signIn('admin@hookdesk.test', { password: 'canary-password' })

  expect(status).toBeGreaterThanOrEqual(400)
  expect(body.code).toMatch(/^(reset_forced|upstream_)/)
  expect(leaks(text)).toEqual([])
  expect(leaks(desk.logged())).toEqual([])
})

test("the sandbox's forced reset keeps its token out of answer and log", async () => {
  const real = await openTestDesk()
  const form = { grant_type: 'password', username: 'reset@hookdesk.test', password: 'sandbox' }
  const said = await fetch(`${real.sandboxUrl}/api/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  const length = (await said.json()).error_description.length
  const { text } = await real.visitor().signIn('reset@hookdesk.test')
  // the token differs each time, so the test looks for anything as long and as random
  const random = new RegExp(`[\\w-]{${length}}`, 'g')
  const uuids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
  for (const shown of [text, real.logged()]) {
    expect(shown.replaceAll(uuids, '').match(random)).toBeNull()
  }
  await real.close()
})

test('a page instead of data is logged without the keys in its URLs', async () => {
  await signIn()
  const page = '<p>No route for https://u:canary@hooks.example.com/x?key=canary#canary</p>'
  upstream.tell('GET', '/api/sys/webhooks', () => new Response(page))
  const { body } = await visitor.request('/api/sys/webhooks')

  expect(body.code).toBe('upstream_not_json')
  expect(desk.logged()).toContain('No route for')
  expect(leaks(desk.logged())).toEqual([])
})

test('a database failure is logged without the values to be written', async () => {
  await signIn()
  await desk.db.execute(sql`alter table desk.changes rename to changes_away`)
  const { status, body, text } = await visitor.create({
    BusinessId: 1,
    Action: 6,
    Name: 'canary',
    Description: 'canary',
    Active: true,
    URL: 'https://hooks.example.com/?key=canary',
  })
  await desk.db.execute(sql`alter table desk.changes_away rename to changes`)

  expect([status, body.code, body.outcome]).toEqual([500, 'internal', 'unknown'])
  expect(leaks(text)).toEqual([])
  expect(desk.logged()).toContain('unexpected failure')
  expect(leaks(desk.logged())).toEqual([])
})

test('a broken connection is logged without its token', async () => {
  await signIn()
  upstream.tell('GET', '/api/sys/webhooks', lost)
  await visitor.request('/api/sys/webhooks')
  expect(leaks(desk.logged())).toEqual([])
})
