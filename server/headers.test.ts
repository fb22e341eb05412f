import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { createPageRoutes } from '#server/pages/page-routes.ts'
import { makeClientFolder } from '#server/pages/test-client.ts'
import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, lost } from '#server/testing/test-upstream.ts'
import { TEST_ORIGIN, type Visitor } from '#server/testing/test-visitor.ts'

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let admin: Visitor
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch, { pages: createPageRoutes(makeClientFolder()) })
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
afterAll(() => desk.close())

type Answer = Awaited<ReturnType<Visitor['request']>>

const ANSWERS: [what: string, status: number, ask: () => Promise<Answer>][] = [
  ['a page', 200, () => admin.request('/webhooks')],
  ['an asset', 200, () => admin.request('/assets/main-1a2b.js')],
  ['a missing asset', 404, () => admin.request('/assets/none.js')],
  ['data of the desk', 200, () => admin.request('/desk/session')],
  ['data of Nexudus', 200, () => admin.request('/api/sys/webhooks')],
  ['a record that is not there', 404, () => admin.request('/api/sys/webhooks/1')],
  ['an unknown path of the data', 404, () => admin.request('/api/none')],
  ['a method there is none of', 404, () => admin.request('/', { method: 'PUT' })],
  ['health', 200, () => admin.request('/healthz')],
  ['a stranger', 401, () => desk.visitor().request('/api/sys/webhooks')],
  [
    'another site',
    403,
    () => admin.request('/desk/session', { headers: { origin: 'http://x.y' } }),
  ],
  ['a wrong name', 421, () => admin.request('/', { headers: { host: 'evil.test' } })],
  ['a bad body', 400, () => admin.request('/desk/session', { method: 'POST', body: '{' })],
  ['a refused media type', 415, () => postText()],
  ['a large body', 413, () => admin.request('/desk/session', { method: 'POST', body: LARGE })],
  ['an upstream that is away', 502, () => withoutUpstream()],
  ['our own failure', 500, () => withoutTable()],
]

const LARGE = JSON.stringify('x'.repeat(70_000))

const postText = () =>
  admin.request('/desk/session', {
    method: 'POST',
    body: 'x',
    headers: { 'content-type': 'text/plain' },
  })

async function withoutUpstream() {
  upstream.tell('GET', '/api/sys/businesses', lost)
  return admin.request('/api/sys/businesses')
}

async function withoutTable() {
  await desk.db.execute(sql`alter table desk.sessions rename to sessions_away`)
  const answer = await admin.request('/api/sys/webhooks')
  await desk.db.execute(sql`alter table desk.sessions_away rename to sessions`)
  return answer
}

test.each(ANSWERS)('the answer to %s (%i) has every header', async (what, expected, ask) => {
  const { status, headers, body } = await ask()
  const given = Object.fromEntries(headers)

  expect(status).toBe(expected)
  expect(given).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': expect.stringContaining('camera=(), '),
    vary: expect.stringContaining('Sec-Fetch-Site, Origin'),
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(given['content-security-policy']).not.toContain('unsafe-')
  expect(given['cache-control']).toBe(
    what === 'an asset' ? 'public, max-age=31536000, immutable' : 'no-store',
  )
  if (what !== 'a page') {
    expect(given['content-security-policy']).toBe(
      "default-src 'none'; frame-ancestors 'none'; sandbox",
    )
  }
  for (const name of ['server', 'x-powered-by', 'strict-transport-security', 'set-cookie']) {
    expect(given).not.toHaveProperty(name)
  }
  if (status >= 400) expect(body).toMatchObject({ requestId: given['x-request-id'] })
})

test("the page's policy allows this and nothing else", async () => {
  const { headers } = await admin.request('/')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy.replaceAll(/'nonce-[\w+/=]+'/g, "'nonce-N'").split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'nonce-N' 'strict-dynamic'",
    "style-src 'self' 'nonce-N'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    // the one that shows notices
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ])
})

test('over TLS browsers are told to stay there, over plain HTTP they are not', async () => {
  const origin = 'https://desk.example.com'
  const secure = desk.openAnother({ origins: [origin] }).visitor()
  const { headers } = await secure.request('/desk/session', {
    headers: { host: 'desk.example.com', origin },
  })
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
})

test('the reason for an unexpected failure is only in the log', async () => {
  const { body, text } = await withoutTable()
  expect(body).toEqual({
    code: 'internal',
    requestId: expect.any(String),
  })
  expect(text).not.toMatch(/sessions|select/)
  const line =
    desk
      .logged()
      .split('\n')
      .find((one) => one.includes(body.requestId)) ?? '{}'
  expect(JSON.parse(line)).toMatchObject({
    requestId: body.requestId,
    msg: 'unexpected failure',
    err: { message: expect.stringContaining('sessions') },
  })
})

test('large data is compressed for clients that accept it', async () => {
  for (let id = 1; id < 200; id += 1)
    upstream.records.set(id, JSON.stringify({ Id: id, Name: 'x' }))
  const { headers, body } = await desk.app.request(`${TEST_ORIGIN}/api/sys/webhooks`, {
    headers: {
      host: 'localhost:4400',
      'x-hookdesk': 'person',
      cookie: admin.cookie() ?? '',
      'accept-encoding': 'gzip',
    },
  })
  expect(headers.get('content-encoding')).toBe('gzip')
  expect(headers.get('vary')).toContain('Accept-Encoding')
  const read = await new Response(body?.pipeThrough(new DecompressionStream('gzip'))).json()
  expect(read.Records).toHaveLength(199)
})

test('a log line names the request and its result, but none of its contents', async () => {
  const { headers } = await admin.request('/api/sys/webhooks/999?WebHook_URL=canary', {
    headers: { 'x-canary': 'canary', referer: 'http://localhost:4400/?canary' },
  })
  const id = headers.get('x-request-id') ?? ''
  const line =
    desk
      .logged()
      .split('\n')
      .find((one) => one.includes(id)) ?? '{}'
  expect(JSON.parse(line)).toMatchObject({
    method: 'GET',
    path: '/api/sys/webhooks/999',
    status: 404,
    ms: expect.any(Number),
    failure: 'not_found',
    reason: 'record',
  })
  expect(desk.logged()).not.toContain('canary')
})
