import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { openTestSandbox, type TestClient } from '#sandbox/test-sandbox.ts'

import { createLimits } from './limits.ts'

const PATH = '/api/sys/webhooks'
const DAY = 24 * 3_600_000

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
let admin: TestClient
beforeAll(async () => {
  sandbox = await openTestSandbox()
  admin = await sandbox.signIn()
})
afterEach(() => turn({ limits: 'off', throttleStatus: '409' }))
afterAll(() => sandbox.close())

const turn = (switches: Record<string, string>) => admin.put('/sandbox/switches', switches)

/** Makes calls in a row until one is refused; returns the number allowed and the wait. */
function countAllowed(edition: 'older' | 'newer', method: string, everyMs: number) {
  const limits = createLimits()
  for (let calls = 0; ; calls += 1) {
    const waitMs = limits.take(edition, { client: 'one', method, at: calls * everyMs })
    if (waitMs > 0) return { calls, waitMs }
  }
}

test.each([
  ['older', 'GET', 0, { calls: 10, waitMs: 100 }],
  ['older', 'POST', 0, { calls: 60, waitMs: 60_000 }],
  ['older', 'PUT', 1000, { calls: 2_500, waitMs: DAY - 2_500_000 }],
  ['newer', 'GET', 0, { calls: 1, waitMs: 100 }],
  ['newer', 'GET', 100, { calls: 120, waitMs: 48_000 }],
  ['newer', 'GET', 600, { calls: 5_000, waitMs: 600_000 }],
  ['newer', 'DELETE', 500, { calls: 60, waitMs: 30_000 }],
  ['newer', 'PUT', 1000, { calls: 5_000, waitMs: DAY - 5_000_000 }],
] as const)(
  'the limits of the %s edition for %s every %i ms',
  (edition, method, everyMs, refused) => {
    const { calls, waitMs } = countAllowed(edition, method, everyMs)
    expect({ calls, waitMs }).toEqual(refused)
  },
)

test('every client has its own count, which leaves out refused calls', () => {
  const limits = createLimits()
  const take = (client: string, at: number) =>
    limits.take('newer', { client, method: 'GET', at }) === 0
  expect([take('one', 0), take('two', 0), take('one', 99), take('one', 100)]).toEqual([
    true,
    true,
    false,
    true,
  ])
})

test('a clock that is set back locks nobody out', () => {
  const limits = createLimits()
  const take = (at: number) => limits.take('newer', { client: 'one', method: 'GET', at })
  expect([take(DAY), take(0)]).toEqual([0, 0])
})

test('with the switch set API calls are limited, but not the controls and the sign-in', async () => {
  await turn({ limits: 'newer' })
  sandbox.clock.pass(100)
  const other = await sandbox.signIn()
  expect((await admin.get(PATH)).status).toBe(200)
  expect((await other.get(PATH)).status).toBe(200)

  const refused = await admin.get(PATH)
  expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([
    409,
    '1',
    '',
  ])
  expect(await admin.read('/sandbox/calls')).toContainEqual(
    expect.objectContaining({ method: 'GET', path: PATH, status: 409, fault: null }),
  )
  await sandbox.signIn()

  sandbox.clock.pass(40)
  await turn({ throttleStatus: '429' })
  const newer = await admin.get(PATH)
  expect([newer.status, await newer.text()]).toEqual([429, 'Wait 0.06 seconds'])
  sandbox.clock.pass(60)
  expect((await admin.get(PATH)).status).toBe(200)
})

test('the sixty-first write of a minute is not carried out, and uses up no fault', async () => {
  await turn({ limits: 'older' })
  const write = (Name: string) =>
    admin.post(PATH, {
      BusinessId: siteId('root'),
      Name,
      Action: ACTION.BookingCreate,
      URL: 'https://hooks.example.test',
    })
  for (let n = 1; n <= 60; n += 1) expect((await write(`Limited ${n}`)).status).toBe(200)

  await admin.post('/sandbox/faults', { kind: 'error', method: 'POST' })
  expect((await write('Limited 61')).status).toBe(409)
  expect(await admin.read('/sandbox/faults')).toHaveLength(1)
  expect(await admin.read(`${PATH}?WebHook_Name=Limited`)).toMatchObject({ TotalItems: 60 })
  sandbox.clock.pass(60_000)
  expect((await write('Limited 61')).status).toBe(500)
  expect((await write('Limited 61')).status).toBe(200)
})
