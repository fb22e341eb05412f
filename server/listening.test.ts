import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDeskOver } from '#server/testing/test-desk.ts'
import { listen } from '#server/testing/test-listen.ts'
import { createTestUpstream } from '#server/testing/test-upstream.ts'

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let server: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
  server = await listen(desk.app.fetch)
})
afterAll(async () => {
  await server.close()
  await desk.close()
})

async function ours() {
  const visitor = desk.visitor()
  await visitor.signIn('admin@hookdesk.test')
  return {
    host: 'localhost:4400',
    origin: 'http://localhost:4400',
    'sec-fetch-site': 'same-origin',
    'x-hookdesk': 'person',
    cookie: visitor.cookie() ?? '',
  }
}

test('signing out needs no body, even on a socket, where a missing body is hard to detect', async () => {
  const headers = await ours()
  const out = await server.send('/desk/session', { method: 'DELETE', headers })
  expect([out.status, JSON.parse(out.text).session]).toEqual([200, null])
  expect((await server.send('/api/sys/webhooks', { headers })).status).toBe(401)
})

test('a body on a socket must be JSON, even without a content type', async () => {
  const headers = await ours()
  for (const method of ['POST', 'PATCH', 'DELETE']) {
    for (const more of [{}, { 'content-type': 'text/plain' }]) {
      const sent = { method, headers: { ...headers, ...more, 'content-length': '2' }, body: '{}' }
      expect((await server.send('/desk/webhooks/1', sent)).status).toBe(415)
    }
  }
})

test('a large body is cut off even if its length is not given', async () => {
  const ofJson = { ...(await ours()), 'content-type': 'application/json' }
  const body = JSON.stringify({ email: 'a', password: 'x'.repeat(80_000) })
  for (const [name, value] of [
    ['transfer-encoding', 'chunked'],
    ['content-length', `${body.length}`],
  ] as const) {
    const sent = { method: 'POST', headers: { ...ofJson, [name]: value }, body }
    const { status, text } = await server.send('/desk/session', sent)
    expect([status, JSON.parse(text).code]).toEqual([413, 'too_large'])
  }
})

test('a HEAD request is answered like a GET, without a body', async () => {
  upstream.forget()
  const headers = await ours()
  const { status, text } = await server.send('/api/sys/webhooks', { method: 'HEAD', headers })
  expect([status, text]).toEqual([200, ''])
})

test('a request without a Host is refused', async () => {
  const { host: _left, ...headers } = await ours()
  const { status } = await server.send('/desk/session', { headers: { ...headers, host: '' } })
  expect(status).toBeGreaterThanOrEqual(400)
})
