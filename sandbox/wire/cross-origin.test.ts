import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { openTestSandbox, type TestClient } from '#sandbox/test-sandbox.ts'

const PATH = '/api/sys/webhooks'
const PAGE = 'https://page.example.test'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
let admin: TestClient
beforeAll(async () => {
  sandbox = await openTestSandbox()
  admin = await sandbox.signIn()
})
afterEach(() => admin.put('/sandbox/switches', { cors: 'refused' }))
afterAll(() => sandbox.close())

const allow = () => admin.put('/sandbox/switches', { cors: 'allowed' })

/** A call as the browser makes it for a page of another origin. */
const call = (path: string, method = 'GET', more: Record<string, string> = {}) =>
  Promise.resolve(
    sandbox.app.request(path, {
      method,
      headers: { origin: PAGE, authorization: `Bearer ${admin.token}`, ...more },
    }),
  )
const preflight = (path: string) =>
  call(path, 'OPTIONS', {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,client_id',
  })
const corsHeadersOf = (answer: Response) =>
  [...answer.headers.keys()].filter((name) => name.startsWith('access-control'))

test('pages of other origins are refused: no header, and no preflight', async () => {
  const answer = await call(PATH)
  expect([answer.status, corsHeadersOf(answer)]).toEqual([200, []])
  const asked = await preflight(PATH)
  expect([asked.status, corsHeadersOf(asked)]).toEqual([405, []])
})

test('with the switch set a preflight is answered, and does not count as a call', async () => {
  await allow()
  await admin.put('/sandbox/switches', { limits: 'newer' })
  await admin.delete('/sandbox/calls')
  for (const path of [PATH, '/api/token', '/api/sys/webhooks/1']) {
    const asked = await preflight(path)
    expect(asked.status, path).toBe(204)
    expect(asked.headers.get('access-control-allow-origin'), path).toBe('*')
    expect(asked.headers.get('access-control-allow-methods'), path).toContain('DELETE')
    const headers = asked.headers.get('access-control-allow-headers')?.toLowerCase().split(', ')
    expect(headers, path).toEqual(['authorization', 'content-type', 'client_id', 'x-use-timezone'])
  }
  expect(await admin.read('/sandbox/calls')).toEqual([])
  await admin.put('/sandbox/switches', { limits: 'off' })
})

test('with the switch set every answer may be read, including refusals and faults', async () => {
  await allow()
  const readable = async (path: string, status: number) => {
    const answer = await call(path)
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      status,
      '*',
    ])
  }
  await readable(PATH, 200)
  await readable(`${PATH}/1`, 404)
  await readable('/api/sys/nothing', 404)
  await admin.post('/sandbox/faults', { kind: 'error', status: 503 })
  await readable(PATH, 503)
  // a caller that is no page gets none of these headers
  expect(corsHeadersOf(await admin.get(PATH))).toEqual([])
  // a method that was not announced is one that the path does not have
  expect((await call(PATH, 'OPTIONS')).status).toBe(405)
})

test('the controls never allow other origins', async () => {
  await allow()
  for (const path of ['/sandbox/switches', '/sandbox/totp', '/receiver/any', '/']) {
    expect(corsHeadersOf(await call(path)), path).toEqual([])
    expect(corsHeadersOf(await preflight(path)), path).toEqual([])
  }
})
