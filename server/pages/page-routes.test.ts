import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, json } from '#server/testing/test-upstream.ts'
import { TEST_ORIGIN } from '#server/testing/test-visitor.ts'

import { createPageRoutes } from './page-routes.ts'
import { makeClientFolder, SCRIPT } from './test-client.ts'

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch, { pages: createPageRoutes(makeClientFolder()) })
})
beforeEach(() => upstream.forget())
afterAll(() => desk.close())

/** A browser's navigation to a page: without the desk's header, and without a source. */
const NAVIGATION = { 'x-hookdesk': null, 'sec-fetch-site': 'none', accept: 'text/html' }
const open = (path: string, headers = {}) =>
  desk.visitor().request(path, { headers: { ...NAVIGATION, ...headers } })

const scriptsOf = (html: string) => [...html.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)]

/** Parses the data of a script element as the page would. */
function dataOf(html: string, id: string) {
  const script = scriptsOf(html).find(([, attributes]) => attributes?.includes(`id="${id}"`))
  return JSON.parse(script?.[2] ?? 'null')
}

async function pageOf(user: Record<string, unknown>) {
  const visitor = desk.visitor(crypto.randomUUID())
  upstream.tell('GET', '/api/auth/me', () =>
    json({ Id: 1, Email: 'a@b.test', IsAdmin: true, Businesses: [], UserRoles: [], ...user }),
  )
  await visitor.signIn('a@b.test')
  return (await visitor.request('/webhooks', { headers: NAVIGATION })).text
}

test('every page of the app is the same page, with its state and its nonce', async () => {
  for (const path of [
    '/',
    '/webhooks',
    '/webhooks/new',
    '/webhooks/140009?search=x',
    '/no/where',
  ]) {
    const { status, headers, text } = await open(path)
    expect([path, status, headers.get('content-type')]).toEqual([
      path,
      200,
      'text/html; charset=UTF-8',
    ])
    const [, nonce] = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '') ?? []
    expect(nonce).toMatch(/^[\w+/]{22}==$/)
    expect(text).not.toMatch(/%\w+%/)
    expect(text).toContain(`<script nonce="${nonce}">`)
    expect(dataOf(text, 'desk-state')).toMatchObject({ session: null, allowPrivateTargets: false })
  }
})

test('no two pages have the same nonce', async () => {
  const policies = await Promise.all(
    Array.from({ length: 20 }, async () =>
      (await open('/')).headers.get('content-security-policy'),
    ),
  )
  expect(new Set(policies).size).toBe(20)
})

test('scripts are pinned to their content', async () => {
  const { text } = await open('/')
  const digest = createHash('sha384').update(SCRIPT).digest('base64')
  expect(text).toContain(`<script integrity="sha384-${digest}" type="module" src="/assets/main-1`)
})

test('for a person who is signed in, the page names the modules and data it needs first', async () => {
  const page = await pageOf({ FullName: 'Ana' })
  expect(dataOf(page, 'desk-state').session).toMatchObject({ name: 'Ana', email: 'a@b.test' })
  expect(dataOf(page, 'desk-early').paths).toEqual([
    '/api/sys/webhooks?page=1&size=1000',
    '/desk/facts',
    '/api/sys/businesses?page=1&size=1000',
    '/desk/views',
  ])
  expect(page).toMatch(
    /<link rel="modulepreload" nonce="[^"]{24}" href="\/assets\/signed-in-3c4d.js">/,
  )
  expect(page).toContain('<link rel="stylesheet" href="/assets/signed-in-3c4d.css">')
  const { text } = await open('/')
  expect(dataOf(text, 'desk-early').paths).toEqual([])
  expect(text).not.toContain('signed-in')
})

test.each([
  '</script><script>alert(1)</script>',
  '<!--<script>',
  ']]><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  '\\u003c/script>',
  '%NONCE%',
  '%EARLY%',
  '%STATE%',
  '"%EARLY%"',
  '$& $1 $$ $`',
  'Line \u2028 and \u2029 end',
  '</head>',
  '😀 José שלום',
])("a user name of %j cannot break out of the page's data", async (FullName) => {
  const plain = scriptsOf(await pageOf({ FullName: 'Ana' }))
  const page = await pageOf({ FullName })

  expect(dataOf(page, 'desk-state').session.name).toBe(FullName)
  expect(dataOf(page, 'desk-early').paths).toHaveLength(4)
  // the same elements as for any other user, and nothing between them
  expect(scriptsOf(page).map(([, attributes]) => attributes?.replace(/nonce="[^"]+"/, ''))).toEqual(
    plain.map(([, attributes]) => attributes?.replace(/nonce="[^"]+"/, '')),
  )
  expect(page).not.toMatch(/<(img|svg|!--)/)
})

test('after a link from another site, the page does not assume that nobody is signed in', async () => {
  const { text } = await open('/webhooks', { 'sec-fetch-site': 'cross-site' })
  expect(dataOf(text, 'desk-state')).toBeNull()
})

test('the cookie of an ended session signs nobody in', async () => {
  const { status, text } = await open('/', { cookie: `hookdesk-4400=${'A'.repeat(43)}` })
  expect([status, dataOf(text, 'desk-state').session]).toEqual([200, null])
})

async function asset(path: string, encoding?: string) {
  const headers = { host: 'localhost:4400', ...(encoding && { 'accept-encoding': encoding }) }
  const response = await desk.app.request(`${TEST_ORIGIN}${path}`, { headers })
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

test.each([
  [undefined, null, (bytes: Buffer) => bytes],
  ['identity', null, (bytes: Buffer) => bytes],
  ['gzip', 'gzip', gunzipSync],
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['br;q=1.0, gzip;q=0.8', 'br', brotliDecompressSync],
  ['br;q=0, gzip', 'gzip', gunzipSync],
  ['gzip;q=0', null, (bytes: Buffer) => bytes],
])('an asset is encoded for a client that accepts %s', async (accepted, encoding, decode) => {
  const { response, bytes } = await asset('/assets/main-1a2b.js', accepted)

  expect([response.status, response.headers.get('content-encoding')]).toEqual([200, encoding])
  expect(decode(bytes).toString()).toBe(SCRIPT)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-length': String(bytes.length),
    vary: expect.stringContaining('Accept-Encoding'),
  })
})

test('a file without a hash in its name is not cached as immutable', async () => {
  const { response } = await asset('/favicon.svg')
  expect(response.headers.get('content-type')).toBe('image/svg+xml')
  expect(response.headers.get('cache-control')).not.toContain('immutable')
})

test.each([
  '/assets/old-9z9z.js',
  '/favicon.ico',
  '/robots.txt',
  '/index.html',
  '/secret.env',
  '/.vite/manifest.json',
  '/assets/main-1a2b.js.br',
  '/assets/../secret.env',
  '/package.json',
  '/assets/%2e%2e/secret.env',
  '/..%2f..%2fpackage.json',
  '/assets/..\\secret.env',
  '/.env',
])('%s is answered with 404, not with the page', async (path) => {
  const { response, bytes } = await asset(path)
  expect([response.status, JSON.parse(bytes.toString()).code]).toEqual([404, 'not_found'])
  expect(bytes.toString()).not.toMatch(/canary|<html/)
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('the page has no %s', async (method) => {
  for (const path of ['/', '/webhooks', '/assets/main-1a2b.js']) {
    expect((await desk.visitor().request(path, { method })).status).toBe(404)
  }
})
