import { get } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { openTestDatabase } from '#platform/db/test-database.ts'
import { startSandbox, type RunningSandbox } from '#sandbox/run.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'

const PATH = '/api/sys/webhooks'
const policy = { allowHttp: false, extraPorts: [], exceptions: [] }
const SETTINGS = { size: 'small', policy } as const
const authorization = `Basic ${btoa('admin@hookdesk.test:sandbox')}`

let sandbox: RunningSandbox
let closeDatabase: () => Promise<void>
let token: string
beforeAll(async () => {
  const database = await openTestDatabase()
  closeDatabase = database.close
  sandbox = await startSandbox({ database, port: 0, ...SETTINGS })
  const body = new URLSearchParams({
    grant_type: 'password',
    username: 'admin@hookdesk.test',
    password: 'sandbox',
  })
  const answer = await fetch(`${sandbox.url}/api/token`, { method: 'POST', body })
  token = (await answer.json()).access_token
})
afterEach(() => control('DELETE', '/sandbox/faults'))
afterAll(async () => {
  await sandbox.close()
  await closeDatabase()
})

function send(method: string, path: string, body?: unknown, init: RequestInit = {}) {
  return fetch(`${sandbox.url}${path}`, {
    ...init,
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function control(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json() }
}

const order = (fault: Record<string, unknown>) => control('POST', '/sandbox/faults', fault)
const list = (init?: RequestInit) => send('GET', PATH, undefined, init)

const draft = (Name: string) => ({
  BusinessId: siteId('root'),
  Name,
  Action: ACTION.BookingCreate,
  URL: 'https://hooks.example.test',
})
const countNamed = async (name: string) =>
  (await (await send('GET', `${PATH}?WebHook_Name=${name}`)).json()).TotalItems

test('a fault affects the calls it was ordered for, as often as it was ordered', async () => {
  await order({ kind: 'error', method: 'post', path: PATH, times: 2 })

  expect((await list()).status).toBe(200)
  expect((await send('GET', '/api/sys/businesses')).status).toBe(200)
  const failed = await send('POST', PATH, draft('Never made'))
  expect(failed.status).toBe(500)
  expect(await failed.json()).toEqual({ Message: 'An error has occurred.' })
  expect((await control('GET', '/sandbox/faults')).body).toMatchObject([
    { kind: 'error', times: 1 },
  ])
  expect((await send('POST', PATH, draft('Never made'))).status).toBe(500)
  expect((await control('GET', '/sandbox/faults')).body).toEqual([])
  expect(await countNamed('Never made')).toBe(0)
})

test('the path of a fault matches in any case, like the path of a call', async () => {
  await order({ kind: 'error', path: '/api/sys/webHooks' })
  expect((await list()).status).toBe(500)
  await order({ kind: 'error', path: PATH })
  expect((await send('GET', '/API/sys/WebHooks/')).status).toBe(500)
})

test('a call meets the first fault that matches it', async () => {
  await order({ kind: 'error', path: '/api/sys/businesses' })
  await order({ kind: 'unauthorized' })
  await order({ kind: 'error', status: 503, message: 'Ooops!' })

  const first = await list()
  expect([first.status, await first.text()]).toEqual([401, ''])
  const second = await list()
  expect(second.status).toBe(503)
  expect(await second.json()).toEqual({ Message: 'Ooops!' })
})

test('faults never affect the controls, and deleting clears them', async () => {
  await order({ kind: 'hang', times: 100 })
  expect((await control('GET', '/sandbox/calls')).status).toBe(200)
  expect((await control('DELETE', '/sandbox/faults')).body).toEqual([])
  expect((await list()).status).toBe(200)
})

test('every kind of fault describes itself, and whether the call is carried out', async () => {
  const { body } = await control('GET', '/sandbox/faults/kinds')
  expect(body).toHaveLength(19)
  expect(body).toContainEqual({
    kind: 'lost_answer',
    does: expect.any(String),
    performs: true,
    needsSocket: true,
  })
})

test('an invalid order is refused with its field', async () => {
  expect(await order({ kind: 'earthquake' })).toMatchObject({
    status: 400,
    body: { Errors: [{ PropertyName: 'kind' }] },
  })
  expect(await order({ kind: 'error', times: 0 })).toMatchObject({
    body: { Errors: [{ PropertyName: 'times' }] },
  })
  expect(await order({ kind: 'slow', delay: 5 })).toMatchObject({
    body: { Errors: [{ PropertyName: 'delay' }] },
  })
})

test('throttle with a text is a 429 that tells how long to wait', async () => {
  await order({ kind: 'throttle', waitText: 2.5 })
  const answer = await list()
  expect([answer.status, await answer.text()]).toEqual([429, 'Wait 2.5 seconds'])
})

test('a 409 has the documented reason phrase, a 429 the usual one', async () => {
  await order({ kind: 'throttle', status: 409, retryAfter: 1 })
  const older = await list()
  expect([older.status, older.statusText, older.headers.get('retry-after')]).toEqual([
    409,
    'You must wait before accessing this url again.',
    '1',
  ])
  expect(await older.text()).toBe('')

  await order({ kind: 'throttle', status: 429 })
  const newer = await list()
  expect([newer.status, newer.statusText]).toEqual([429, 'Too Many Requests'])
  expect((await list()).statusText).toBe('OK')
})

test('enforced limits answer with the same texts', async () => {
  const database = await openTestDatabase()
  // the clock is fixed, so that the second call comes too soon on every machine
  const at = new Date()
  const other = await startSandbox({ database, port: 0, ...SETTINGS, now: () => at })
  const headers = { authorization, 'content-type': 'application/json' }
  await fetch(`${other.url}/sandbox/switches`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ limits: 'newer' }),
  })
  const first = await fetch(other.url + PATH, { headers })
  const second = await fetch(other.url + PATH, { headers })
  await other.close()
  await database.close()

  expect([first.status, second.status]).toEqual([200, 409])
  expect(second.statusText).toBe('You must wait before accessing this url again.')
})

test('html and empty answer 200 without JSON', async () => {
  await order({ kind: 'html' })
  const page = await list()
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toMatch('text/html')
  expect(await page.text()).toContain('<html>')

  await order({ kind: 'empty' })
  const empty = await list()
  expect([empty.status, await empty.text()]).toEqual([200, ''])
})

test('broken_json breaks off in the middle', async () => {
  await order({ kind: 'broken_json' })
  const answer = await list()
  expect(answer.headers.get('content-type')).toMatch('application/json')
  await expect(answer.json()).rejects.toThrow(SyntaxError)
})

test('too_large answers with nine MiB of JSON', async () => {
  await order({ kind: 'too_large' })
  const text = await (await list()).text()
  expect(text.length).toBeGreaterThan(9 * 1024 * 1024)
  expect(JSON.parse(text).Records).toEqual([])
})

test('refuse answers 400 with the ordered errors', async () => {
  const errors = [
    { PropertyName: 'Webhook.Secret', Message: 'is not known' },
    { PropertyName: 'URL', Message: 'is blocked', AttemptedValue: 'https://x.test' },
  ]
  await order({ kind: 'refuse', errors })
  const answer = await send('POST', PATH, draft('Refused'))
  expect(answer.status).toBe(400)
  expect(await answer.json()).toEqual({
    Message: 'Webhook.Secret: is not known, URL: is blocked',
    Value: null,
    Errors: [{ ...errors[0], AttemptedValue: null }, errors[1]],
    WasSuccessful: false,
  })

  await order({ kind: 'refuse', errors: [], message: 'No.' })
  const bare = await send('POST', PATH, draft('Refused'))
  expect(await bare.json()).toMatchObject({ Message: 'No.', Errors: [] })
})

test('unsuccessful is a refusal inside a 200', async () => {
  await order({ kind: 'unsuccessful', method: 'DELETE' })
  const answer = await send('DELETE', `${PATH}/1400099001`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    Status: 500,
    WasSuccessful: false,
    Errors: null,
    Message: expect.stringContaining('You must delete all'),
  })
  expect((await send('GET', `${PATH}/1400099001`)).status).toBe(200)
})

test('drop closes the connection, and the call is not carried out', async () => {
  await order({ kind: 'drop', method: 'POST' })
  await expect(send('POST', PATH, draft('Dropped'))).rejects.toThrow('fetch failed')
  expect(await countNamed('Dropped')).toBe(0)
})

test('lost_answer closes the connection after the call was carried out', async () => {
  await control('DELETE', '/sandbox/calls')
  await order({ kind: 'lost_answer', method: 'POST' })
  await expect(send('POST', PATH, draft('Lost'))).rejects.toThrow('fetch failed')

  expect(await countNamed('Lost')).toBe(1)
  const { body } = await control('GET', '/sandbox/calls')
  expect(body[0]).toMatchObject({ method: 'POST', status: 200, fault: 'lost_answer' })
})

test.each(['drop_mid_body', 'wrong_length'])('%s ends before the body does', async (kind) => {
  await order({ kind })
  const answer = await list()
  expect(answer.status).toBe(200)
  await expect(answer.text()).rejects.toThrow('terminated')
})

test('hang never answers', async () => {
  await order({ kind: 'hang' })
  await expect(list({ signal: AbortSignal.timeout(300) })).rejects.toThrow('timeout')
})

test('slow carries out the call first and answers after the delay', async () => {
  await order({ kind: 'slow', method: 'POST', delayMs: 300 })
  const startedAt = performance.now()
  const answer = await send('POST', PATH, draft('Slow'))
  expect(answer.status).toBe(200)
  expect(performance.now() - startedAt).toBeGreaterThan(290)

  await order({ kind: 'slow', method: 'POST', delayMs: 60_000 })
  const signal = AbortSignal.timeout(300)
  await expect(send('POST', PATH, draft('Slow'), { signal })).rejects.toThrow('timeout')
  expect(await countNamed('Slow')).toBe(2)
})

test('slow_body sends its headers at once, and its body later', async () => {
  await order({ kind: 'slow_body', delayMs: 400 })
  const startedAt = performance.now()
  const short = await list()
  expect((await short.json()).TotalItems).toBeGreaterThan(0)
  expect(performance.now() - startedAt).toBeGreaterThan(390)

  // so long that no busy machine takes half of it for the headers
  await order({ kind: 'slow_body', delayMs: 30_000 })
  const orderedAt = performance.now()
  const long = await list()
  expect(performance.now() - orderedAt).toBeLessThan(15_000)
  await long.body?.cancel()
})

test('closing the sandbox does not wait for hanging calls', async () => {
  const database = await openTestDatabase()
  const other = await startSandbox({ database, port: 0, ...SETTINGS })
  await fetch(`${other.url}/sandbox/faults`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'hang' }),
  })
  // caught at once, or the rejection would count as unhandled before the close
  const hanging = fetch(`${other.url}${PATH}`).then(
    () => 'answered',
    (error: Error) => error.message,
  )
  await new Promise((resolve) => setTimeout(resolve, 50))

  await other.close()
  expect(await hanging).toBe('fetch failed')
  await database.close()
})

test('a port that is taken is an error', async () => {
  const database = await openTestDatabase()
  const port = Number(new URL(sandbox.url).port)
  await expect(startSandbox({ database, port, ...SETTINGS })).rejects.toThrow('EADDRINUSE')
  await database.close()
})

test('a foreign host name that resolves to this machine gets no answer', async () => {
  const { hostname, port } = new URL(sandbox.url)
  const under = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      get({ hostname, port, path: '/', headers: { host } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', reject)
    })
  // only callers on this machine come this far
  expect(hostname).toBe('127.0.0.1')
  for (const name of ['localhost', '127.0.0.1', '[::1]', 'LocalHost']) {
    expect(await under(`${name}:${port}`)).toBe(200)
  }
  for (const host of [
    `evil.test:${port}`,
    'localhost',
    `localhost.evil.test:${port}`,
    'localhost:1',
  ]) {
    expect(await under(host)).toBe(421)
  }
})

test('odd_values changes the ordered records in lists and alone, and no others', async () => {
  const made = await send('POST', PATH, draft('Odd'))
  const { Value } = await made.json()
  const values = { [Value.Id]: { Active: 'maybe', ErrorCount: {} } }
  await order({ kind: 'odd_values', method: 'GET', path: PATH, times: 2, values })
  const { Records } = await (await send('GET', `${PATH}?size=1000`)).json()
  const odd = Records.filter(({ Active }: { Active: unknown }) => Active === 'maybe')
  expect(odd).toMatchObject([{ Id: Value.Id, Name: 'Odd', ErrorCount: {} }])
  const alone = () => send('GET', `${PATH}/${Value.Id}`).then((answer) => answer.json())
  expect(await alone()).toMatchObject({ Active: 'maybe', Name: 'Odd' })
  expect(await alone()).toMatchObject({ Active: false })
})
