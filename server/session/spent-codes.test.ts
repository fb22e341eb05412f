import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, json } from '#server/testing/test-upstream.ts'

import { spentCodes } from './tables.ts'

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
})
afterAll(() => desk.close())

let people = 0
/** A person whose failures no other test counts. */
const somebody = () => `person-${(people += 1)}@example.com`
const signIn = (email: string, totp: string, on = desk) =>
  on.visitor(crypto.randomUUID()).signIn(email, { totp })

test('a code signs in once in 90 seconds, through every process and in every spelling', async () => {
  const email = somebody()
  const other = desk.openAnother()
  expect((await signIn(email, '123456')).status).toBe(200)

  for (const code of ['123456', '123 456', '１２３４５６']) {
    const { status, body } = await other.visitor().signIn(email.toUpperCase(), { totp: code })
    expect([status, body.code, body.reason]).toEqual([401, 'second_factor', 'code_used'])
  }
  expect((await signIn(email, '654321')).status).toBe(200)
  desk.clock.pass(90_000)
  expect((await signIn(email, '123456')).status).toBe(200)
})

test('of two sign-ins with one code at the same moment one succeeds', async () => {
  const email = somebody()
  const answers = await Promise.all([1, 2, 3].map(() => signIn(email, '777777')))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
})

test('full-width digits reach Nexudus as digits', async () => {
  upstream.forget()
  await signIn(somebody(), '１２３ ４５６')
  expect(upstream.arrived('POST')[0]?.body).toContain('totp=123456')
})

test('a code is not used up by a wrong password, or by a Nexudus that fails', async () => {
  const email = somebody()
  upstream.tell('POST', '/api/token', () => json({ error: 'invalid_grant' }, 400), 1)
  expect((await signIn(email, '123456')).body.code).toBe('sign_in_failed')
  upstream.tell('POST', '/api/token', () => json({}, 500), 1)
  expect((await signIn(email, '123456')).body.code).toBe('upstream_error')
  expect((await signIn(email, '123456')).status).toBe(200)
})

test('codes are not stored in clear, and are deleted when they expire', async () => {
  const email = somebody()
  await signIn(email, '424242')
  const kept = JSON.stringify(await desk.db.select().from(spentCodes))
  expect(kept).not.toMatch(/424242|example/)
  desk.clock.pass(90_001)
  await desk.tidy()
  expect(await desk.db.select().from(spentCodes)).toEqual([])
})

test.each(['\0', '\u0007', '\u200b', '\u202e'])(
  'a name with %j in it is refused, and Nexudus is not called',
  async (odd) => {
    upstream.forget()
    const name = somebody()
    for (const email of [`${name}${odd}`, `${odd}${name}`, name.replace('@', `${odd}@`)]) {
      const { status, body } = await signIn(email, '123456')
      expect([status, body.Errors?.[0]?.PropertyName]).toEqual([400, 'email'])
    }
    expect(upstream.arrived('POST')).toEqual([])
  },
)
