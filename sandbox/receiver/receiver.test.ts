import { createHmac } from 'node:crypto'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import type { OpenDatabase } from '#platform/db/database.ts'
import { openTestDatabase } from '#platform/db/test-database.ts'
import { startSandbox, type RunningSandbox } from '#sandbox/run.ts'

const BASIC = `Basic ${btoa('admin@hookdesk.test:sandbox')}`
const SHOREDITCH = 1_400_000_002

let database: OpenDatabase
let sandbox: RunningSandbox
beforeAll(async () => {
  database = await openTestDatabase()
  sandbox = await startSandbox({
    database,
    port: 0,
    size: 'small',
    policy: { allowHttp: false, extraPorts: [], exceptions: [] },
  })
})
afterAll(async () => {
  await sandbox.close()
  await database.close()
})

const control = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${sandbox.url}/sandbox${path}`, {
    method,
    headers: { authorization: BASIC, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}
const tell = (name: string, answer: string) => control('PUT', `/receivers/${name}`, { answer })
const call = (path: string, init: RequestInit = { method: 'POST', body: '[{}]' }) =>
  fetch(`${sandbox.url}/receiver/${path}`, { redirect: 'manual', ...init })
const inbox = async () => (await control('GET', '/inbox')).body.received

test.each(['200', '204', '301', '401', '404', '410', '429', '500', '503'])(
  'a receiver that was told %s gives that answer',
  async (answer) => {
    await tell('told', answer)
    const response = await call('told')
    expect(response.status).toBe(Number(answer))
    expect((await inbox())[0]).toMatchObject({ receiver: 'told', answer, body: '[{}]' })
  },
)

test('by default a receiver answers 200, to any method and path below it', async () => {
  const answers = [
    await call('anybody'),
    await call('anybody/at/a/path?key=1', { method: 'PUT' }),
    await call('anybody', { method: 'OPTIONS' }),
    await call('anybody', { method: 'HEAD' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const targets = (await inbox()).slice(0, 4).map(({ target }: { target: string }) => target)
  expect(targets).toContain('/receiver/anybody/at/a/path?key=1')
})

test('reset breaks the connection, html answers with a page, drip sends its headers at once', async () => {
  await tell('reset', 'reset')
  await expect(call('reset')).rejects.toThrow('fetch failed')
  await tell('page', 'html')
  const page = await call('page')
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  await tell('drip', 'drip')
  const stop = new AbortController()
  const drip = await call('drip', { method: 'POST', signal: stop.signal })
  expect(drip.status).toBe(200)
  const first = await drip.body?.getReader().read()
  expect(new TextDecoder().decode(first?.value)).toBe('.')
  stop.abort()
})

test('hang never answers, but the request is in the inbox', async () => {
  await tell('hang', 'hang')
  const signal = AbortSignal.timeout(300)
  await expect(call('hang', { method: 'POST', body: 'x', signal })).rejects.toThrow()
  expect((await inbox())[0]).toMatchObject({ receiver: 'hang', body: 'x' })
})

test('an unknown answer is refused', async () => {
  const { status, body } = await tell('told', '418')
  expect([status, body.Errors[0].PropertyName]).toEqual([400, 'answer'])
})

test('requests are verified with the secrets of all locations, in both forms', async () => {
  const secret = 'shoreditch-demo-secret'
  const sign = (text: string) =>
    createHmac('sha256', secret).update(text).digest('hex').toUpperCase()
  const body = '[{"Name":"José"}]'
  const send = (signature?: string) =>
    call('signed', {
      method: 'POST',
      body,
      ...(signature && { headers: { 'X-Nexudus-Hook-Signature': signature } }),
    })
  await send(sign(body))
  await send(sign('[{"Name":"Jos?"}]'))
  await send(sign(body).toLowerCase())
  await send()
  const verdicts = (await inbox()).slice(0, 4).toReversed()
  expect(verdicts.map(({ signature }: { signature: string }) => signature)).toEqual([
    'valid',
    'ascii',
    'wrong',
    'missing',
  ])
  expect(verdicts[0].businessId).toBe(SHOREDITCH)
})

test('a body is kept unchanged, cut at 64 KiB', async () => {
  await call('large', { method: 'POST', body: `"${'é'.repeat(100_000)}"` })
  const [{ body }] = await inbox()
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(64 * 1024 + 3)
  await call('nul', { method: 'POST', body: 'a\0b' })
  expect((await inbox())[0].body).toBe('a␀b')
})

test('a location’s secret can be set, is shown to administrators only, and signs from then on', async () => {
  const location = SHOREDITCH + 1
  const path = `/locations/${location}/secret`
  expect((await control('PUT', path, { sharedSecret: 'ä' })).status).toBe(400)
  const { body } = await control('PUT', path, { sharedSecret: 'fresh secret' })
  expect(body.locations).toContainEqual(
    expect.objectContaining({ id: location, sharedSecret: 'fresh secret' }),
  )
  const made = await fetch(`${sandbox.url}/api/sys/businesses/${location}`, {
    headers: { authorization: BASIC },
  })
  expect(await made.text()).not.toContain('fresh secret')

  const webhook = {
    BusinessId: location,
    Action: ACTION.FloorPlanDelete,
    Name: 'Signed',
    Active: true,
  }
  await fetch(`${sandbox.url}/api/sys/webhooks`, {
    method: 'POST',
    headers: { authorization: BASIC, 'content-type': 'application/json' },
    body: JSON.stringify({ ...webhook, URL: `${sandbox.url}/receiver/after` }),
  })
  await control('POST', '/events', { BusinessId: location, Action: ACTION.FloorPlanDelete })
  const arrived = async () =>
    (await inbox()).find(({ receiver }: { receiver: string }) => receiver === 'after')?.signature
  await expect.poll(arrived).toBe('valid')
  expect((await control('PUT', path, { sharedSecret: null })).body.locations).toContainEqual(
    expect.objectContaining({ id: location, sharedSecret: null }),
  )
})

test('events happen by themselves while the ticker is on', async () => {
  const count = async () => (await control('GET', '/deliveries')).body.deliveries.length
  const before = await count()
  expect((await control('PUT', '/settings', { ticker: true })).body.ticker).toBe(true)
  // in the network's night, two of its eight minutes, events are rare and few webhooks wait for them
  await expect.poll(count, { timeout: 200_000, interval: 200 }).toBeGreaterThan(before)
  expect((await control('PUT', '/settings', { ticker: false })).body.ticker).toBe(false)
}, 240_000)

test('a failed delivery is retried at its time without a request', async () => {
  await control('PUT', '/settings', { shortRetries: true })
  await tell('flaky', '500')
  const webhook = {
    BusinessId: SHOREDITCH,
    Action: ACTION.FloorPlanCreate,
    Name: 'Flaky',
    Active: true,
  }
  await fetch(`${sandbox.url}/api/sys/webhooks`, {
    method: 'POST',
    headers: { authorization: BASIC, 'content-type': 'application/json' },
    body: JSON.stringify({ ...webhook, URL: `${sandbox.url}/receiver/flaky` }),
  })
  const { body } = await control('POST', '/events', {
    BusinessId: SHOREDITCH,
    Action: ACTION.FloorPlanCreate,
  })
  const delivery = async () =>
    (await control('GET', `/deliveries?event=${body.EventId}`)).body.deliveries[0]
  await expect.poll(async () => (await delivery()).attempts.length, { timeout: 60_000 }).toBe(2)
  await tell('flaky', '200')
  await expect.poll(async () => (await delivery()).state, { timeout: 60_000 }).toBe('delivered')
}, 240_000)
