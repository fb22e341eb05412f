import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream } from '#server/testing/test-upstream.ts'
import { TEST_ORIGIN } from '#server/testing/test-visitor.ts'

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
})
beforeEach(() => upstream.forget())
afterAll(() => desk.close())

const OWN = TEST_ORIGIN
const SITES = ['same-origin', 'same-site', 'cross-site', 'none', null]
const ORIGINS = [OWN, 'http://evil.test', 'http://localhost:5173', 'null', null]
const TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  null,
]
const DESK = ['person', null]

/** Signs that a request comes from our page: Fetch Metadata and Origin, or one of the two. */
const OURS = [`same-origin ${OWN}`, 'same-origin null', `null ${OWN}`]
/** On a GET from our page, an old browser sends neither. */
const OURS_TO_READ = [...OURS, 'null null']

const KEY = { 'idempotency-key': 'a-key-of-the-matrix' }

test.each([
  ['GET', '/desk/session', OURS_TO_READ],
  ['GET', '/api/sys/webhooks', OURS_TO_READ],
  ['GET', '/desk/nothing', OURS_TO_READ],
  ['POST', '/desk/session', OURS],
  ['DELETE', '/desk/session', OURS],
  ['POST', '/desk/webhooks', OURS],
  ['PATCH', '/desk/webhooks/1', OURS],
  ['DELETE', '/desk/webhooks/1', OURS],
  ['PUT', '/desk/webhooks/1', OURS],
  ['POST', '/api/sys/webhooks', OURS],
])('%s %s is accepted from our own page only', async (method, path, ours) => {
  const visitor = desk.visitor()
  const wrong: unknown[] = []
  for (const site of SITES) {
    for (const origin of ORIGINS) {
      for (const type of TYPES) {
        for (const header of DESK) {
          const { status, body } = await visitor.request(path, {
            method,
            ...(method !== 'GET' && { body: '{}' }),
            headers: {
              'sec-fetch-site': site,
              origin,
              'content-type': type,
              'x-hookdesk': header,
              ...KEY,
            },
          })
          const isOurs =
            header !== null && ours.includes(`${site} ${origin === 'null' ? '' : origin}`)
          const isJson = method === 'GET' || type === 'application/json'
          const verdict = isOurs ? (isJson ? 'in' : 'not_json 415') : 'cross_site 403'
          const isRefused = ['cross_site', 'not_json'].includes(body?.code)
          const found = isRefused ? `${body.code} ${status}` : 'in'
          if (found !== verdict) wrong.push({ site, origin, type, header, verdict, found })
        }
      }
    }
  }
  expect(wrong).toEqual([])
  // nobody was signed in, so no request may have reached Nexudus
  expect(upstream.arrived()).toEqual([])
})

test('a form on another site can sign nobody in or out', async () => {
  const visitor = desk.visitor()
  await visitor.signIn('admin@hookdesk.test')
  for (const method of ['POST', 'DELETE']) {
    const { status } = await visitor.request('/desk/session', {
      method,
      body: 'email=a&password=b',
      headers: {
        'sec-fetch-site': 'cross-site',
        origin: 'http://evil.test',
        'x-hookdesk': null,
        'content-type': 'application/x-www-form-urlencoded',
      },
    })
    expect(status).toBe(403)
  }
  expect((await visitor.request('/desk/session')).body.session).not.toBeNull()
})

test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json;x=y'])(
  'JSON may have the content type %s',
  async (type) => {
    const { body } = await desk.visitor().request('/desk/session', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': type },
    })
    expect(body.code).toBe('bad_request')
  },
)

test('a preflight of another site is allowed nothing', async () => {
  const { status, headers } = await desk.visitor().request('/desk/webhooks', {
    method: 'OPTIONS',
    headers: {
      origin: 'http://evil.test',
      'sec-fetch-site': 'cross-site',
      'x-hookdesk': null,
      'access-control-request-method': 'POST',
    },
  })
  expect(status).toBe(403)
  expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

test.each([
  'evil.test',
  'localhost',
  'localhost:4401',
  '127.0.0.1:4400',
  '[::1]:4400',
  'localhost:4400.',
  'localhost:4400.evil.test',
  'evil.test:4400',
  'localhost.:4400',
  'localhost:04400',
  '',
  'localhost:4400, evil.test',
  'localhost:4400@evil.test',
])('a request for the host name %j is refused', async (host) => {
  for (const path of ['/', '/webhooks', '/assets/x.js', '/desk/session', '/api/sys/webhooks']) {
    const headers = { host, 'x-forwarded-host': 'localhost:4400' }
    const { status, body } = await desk.visitor().request(path, { headers })
    expect([path, status, body.code]).toEqual([path, 421, 'wrong_host'])
    // the person who sets Hookdesk up reads this by hand
    expect(body.message).toContain('Set PUBLIC_URL')
  }
})

test('the host name may be written in capitals', async () => {
  const { status } = await desk.visitor().request('/desk/session', {
    headers: { host: 'LocalHost:4400' },
  })
  expect(status).toBe(200)
})

test('with a host name on the default port, the desk answers to that name only', async () => {
  const origin = 'https://desk.example.com'
  const visitor = desk.openAnother({ origins: [origin] }).visitor()
  const ask = (host: string) => visitor.request('/desk/session', { headers: { host, origin } })
  expect((await ask('desk.example.com')).status).toBe(200)
  expect((await ask('desk.example.com:8443')).status).toBe(421)
  expect((await ask('localhost:4400')).status).toBe(421)
})

test('health checks are answered under any host name', async () => {
  const another = desk.openAnother()
  const ask = (path: string) =>
    another.visitor().request(path, { headers: { host: '10.1.2.3:4400', 'x-hookdesk': null } })
  expect([(await ask('/healthz')).status, (await ask('/readyz')).status]).toEqual([200, 200])
  another.leave()
  expect([(await ask('/healthz')).status, (await ask('/readyz')).status]).toEqual([200, 503])
})

const signInWith = (body: string, headers = {}) =>
  desk.visitor(crypto.randomUUID()).request('/desk/session', { method: 'POST', body, headers })

test('a body may have at most 64 KiB', async () => {
  const bodyOf = (bytes: number) => {
    const frame = JSON.stringify({ email: 'a', password: 'b', more: '' })
    return JSON.stringify({ email: 'a', password: 'b', more: 'x'.repeat(bytes - frame.length) })
  }
  expect((await signInWith(bodyOf(64 * 1024))).status).toBe(200)
  const { status, body } = await signInWith(bodyOf(64 * 1024 + 1))
  expect([status, body.code]).toEqual([413, 'too_large'])
  // also if its length is missing or wrong
  const lie = await signInWith(bodyOf(64 * 1024 + 1), { 'transfer-encoding': 'chunked' })
  expect(lie.status).toBe(413)
})

test.each([
  '',
  '{',
  '{"email":',
  'null',
  '[]',
  '"text"',
  '1',
  '{"email":"a","password":"b",}',
  '\uFEFF{',
  "{'email':'a'}",
  '{"email":["a"],"password":{}}',
  '{"email":"a\u0000"}',
  'NaN',
  '[[[[[[[',
  '{"email":"","password":""}',
  `{"email":"${'x'.repeat(400)}","password":"b"}`,
])('the body %j is refused as a bad request', async (text) => {
  const { status, body } = await signInWith(text)
  expect([status, body.code]).toEqual([400, 'bad_request'])
  expect(upstream.arrived()).toEqual([])
})

test('a deeply nested body is refused without further effect', async () => {
  const deep = await signInWith(`{"email":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)
  expect([deep.status, deep.body.code]).toEqual([400, 'bad_request'])
})

test('keys that aim at the prototype have no effect', async () => {
  const { status } = await signInWith(
    `{"__proto__":{"isAdmin":true,"totp":"1"},"constructor":{"prototype":{"polluted":1}},
      "email":"a@b.test","password":"b"}`,
  )
  expect(status).toBe(200)
  const bare: Record<string, unknown> = {}
  expect([bare.isAdmin, bare.polluted, bare.totp]).toEqual([undefined, undefined, undefined])
  const [token] = upstream.arrived('POST')
  expect([...new URLSearchParams(token?.body).keys()]).toEqual([
    'grant_type',
    'username',
    'password',
  ])
})
