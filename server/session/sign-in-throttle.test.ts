import { TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { SANDBOX_TOTP_SECRET } from '#sandbox/access/accounts.ts'
import { openTestDesk, PATIENT, type TestDesk } from '#server/testing/test-desk.ts'

import { knownSources, signInFailures } from './tables.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk({ limits: PATIENT })
})
beforeEach(async () => {
  await desk.db.delete(signInFailures)
  await desk.db.delete(knownSources)
  await desk.startCounting()
})
afterAll(() => desk.close())

const ADMIN = 'admin@hookdesk.test'
const asked = async () => (await desk.calls()).filter((call) => call === 'POST /api/token').length
const guess = (email: string, source: string, password = 'wrong') =>
  desk.visitor(source).signIn(email, { password })

async function guessTimes(times: number, email: string, source: string) {
  for (let done = 0; done < times; done += 1) await guess(email, source)
}

test('after five failures the account has to wait, and Nexudus is not called', async () => {
  await guessTimes(5, ADMIN, '203.0.113.1')
  expect(await asked()).toBe(5)

  const { status, body, headers } = await guess(ADMIN, '203.0.113.1', 'sandbox')
  expect([status, body.code, body.retryAfterMs]).toEqual([429, 'sign_in_throttled', 30 * SECOND])
  expect(headers.get('retry-after')).toBe('30')
  expect(await asked()).toBe(5)
})

test('guesses from many sources, in many spellings, count for the same account', async () => {
  for (const n of [1, 2, 3, 4, 5]) await guess(`${' '.repeat(n)}ADMIN@hookdesk.test`, `s${n}`)
  expect((await guess(ADMIN, 's6')).body.code).toBe('sign_in_throttled')
  expect(await asked()).toBe(5)
})

test('fifty guesses at once do not get around the limit', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => guess(ADMIN, `source ${index}`)),
  )
  expect(await asked()).toBeLessThanOrEqual(5)
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(45)
})

test('unknown names are slowed down like the others', async () => {
  await guessTimes(5, 'nobody@hookdesk.test', '203.0.113.1')
  expect((await guess('nobody@hookdesk.test', '203.0.113.2')).status).toBe(429)
})

test('after the wait one attempt is allowed, and each failure doubles the wait', async () => {
  await guessTimes(5, ADMIN, '203.0.113.1')
  for (const waitMs of [30 * SECOND, 60 * SECOND, 120 * SECOND]) {
    desk.clock.pass(waitMs - 1)
    expect((await guess(ADMIN, '203.0.113.1')).body.retryAfterMs).toBe(1)
    desk.clock.pass(1)
    expect((await guess(ADMIN, '203.0.113.1')).status).toBe(401)
  }
  expect((await guess(ADMIN, '203.0.113.1')).body.retryAfterMs).toBe(240 * SECOND)
})

test('a successful sign-in after the wait resets the count', async () => {
  await guessTimes(5, ADMIN, '203.0.113.1')
  desk.clock.pass(30 * SECOND)
  expect((await guess(ADMIN, '203.0.113.1', 'sandbox')).status).toBe(200)
  await guessTimes(4, ADMIN, '203.0.113.1')
  expect((await guess(ADMIN, '203.0.113.1', 'sandbox')).status).toBe(200)
})

test('failures are forgotten after a quarter of an hour', async () => {
  await guessTimes(4, ADMIN, '203.0.113.1')
  desk.clock.pass(15 * MINUTE + 1)
  await guessTimes(4, ADMIN, '203.0.113.1')
  expect((await guess(ADMIN, '203.0.113.1', 'sandbox')).status).toBe(200)
})

test('a source that tries twenty names has to wait, whatever the name', async () => {
  for (let n = 0; n < 20; n += 1) await guess(`name${n}@hookdesk.test`, '203.0.113.9')
  expect((await guess('name99@hookdesk.test', '203.0.113.9')).body.code).toBe('sign_in_throttled')
  expect((await guess(ADMIN, '203.0.113.9', 'sandbox')).body.code).toBe('sign_in_throttled')
  expect((await guess(ADMIN, '203.0.113.10', 'sandbox')).status).toBe(200)
})

test('a success with one name does not give a source more guesses at others', async () => {
  for (let n = 0; n < 19; n += 1) await guess(`name${n}@hookdesk.test`, '203.0.113.9')
  expect((await guess(ADMIN, '203.0.113.9', 'sandbox')).status).toBe(200)
  await guess('name20@hookdesk.test', '203.0.113.9')
  expect((await guess('name21@hookdesk.test', '203.0.113.9')).status).toBe(429)
})

test('strangers cannot lock out an owner who signed in from their source before', async () => {
  expect((await guess(ADMIN, 'home', 'sandbox')).status).toBe(200)
  await guessTimes(9, ADMIN, 'stranger')
  expect((await guess(ADMIN, 'elsewhere', 'sandbox')).status).toBe(429)

  expect((await guess(ADMIN, 'home', 'sandbox')).status).toBe(200)
  // the owner's own source is limited too, but separately
  await guessTimes(5, ADMIN, 'home')
  expect((await guess(ADMIN, 'home', 'sandbox')).status).toBe(429)
})

test('forty successful sign-ins at once from one office all get in, if not all at once', async () => {
  const visit = async () => {
    const { status, body } = await guess(ADMIN, 'office', 'sandbox')
    expect(status === 200 || body.code === 'sign_in_throttled').toBe(true)
  }
  await Promise.all(Array.from({ length: 40 }, visit))
  expect((await guess(ADMIN, 'office', 'sandbox')).status).toBe(200)
  expect((await guess('viewer@hookdesk.test', 'office', 'sandbox')).status).toBe(200)
})

test('a request for the second factor is no failure, but a wrong code is one', async () => {
  const totp = 'totp@hookdesk.test'
  await Promise.all(Array.from({ length: 3 }, () => guess(totp, 'phone', 'sandbox')))
  for (let n = 0; n < 7; n += 1) await guess(totp, 'phone', 'sandbox')
  const sign = (code: string) =>
    desk.visitor('phone').signIn(totp, { password: 'sandbox', totp: code })
  for (let n = 0; n < 5; n += 1) expect((await sign('12345')).body.code).toBe('second_factor')

  const code = new TOTP({ secret: SANDBOX_TOTP_SECRET })
  const good = code.generate({ timestamp: desk.clock.now().getTime() })
  expect((await sign(good)).body.code).toBe('sign_in_throttled')
})

test('a Nexudus that does not answer costs nobody an attempt', async () => {
  await desk.fault({ kind: 'drop', path: '/api/token', times: 12 })
  for (let n = 0; n < 12; n += 1) {
    expect((await guess(ADMIN, '203.0.113.1')).body.code).toBe('upstream_unreachable')
  }
  expect((await guess(ADMIN, '203.0.113.1', 'sandbox')).status).toBe(200)
})

test('neither names nor IP addresses are stored in clear', async () => {
  await guess(ADMIN, '203.0.113.77')
  await guess(ADMIN, '203.0.113.77', 'sandbox')
  await guess('nobody@hookdesk.test', '203.0.113.78')
  const [failures, sources] = [
    await desk.db.select().from(signInFailures),
    await desk.db.select().from(knownSources),
  ]
  expect(failures.length + sources.length).toBeGreaterThan(2)
  expect(JSON.stringify([failures, sources])).not.toMatch(/hookdesk|203\.0/)
})

test('old counts are deleted', async () => {
  await guessTimes(5, ADMIN, '203.0.113.1')
  await desk.tidy()
  expect(await desk.db.select().from(signInFailures)).not.toEqual([])
  desk.clock.pass(2 * 60 * MINUTE)
  await desk.tidy()
  expect(await desk.db.select().from(signInFailures)).toEqual([])
})
