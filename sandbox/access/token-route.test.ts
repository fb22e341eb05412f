import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { tokens } from '#sandbox/db/tables.ts'
import { openTestSandbox } from '#sandbox/test-sandbox.ts'
import { writeSwitches } from '#sandbox/wire/switches.ts'

import { SANDBOX_TOTP_SECRET } from './accounts.ts'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
beforeAll(async () => {
  sandbox = await openTestSandbox()
})
afterAll(() => sandbox.close())

const password = (username: string, more = {}) => ({
  grant_type: 'password',
  username,
  password: 'sandbox',
  ...more,
})
const refresh = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token })

const pairOf = async (answer: Response) => {
  expect(answer.status).toBe(200)
  return answer.json()
}
const me = (token: string) =>
  sandbox.app.request('/api/auth/me', { headers: { authorization: `Bearer ${token}` } })

test('a correct password is answered with a pair of tokens', async () => {
  const answer = await sandbox.requestToken(password('Admin@Hookdesk.test'))

  expect(await pairOf(answer)).toEqual({
    access_token: expect.stringMatching(/^\S{40,}$/),
    token_type: 'bearer',
    expires_in: 604_799,
    refresh_token: expect.stringMatching(/^\S{40,}$/),
  })
})

test('tokens are stored as hashes only', async () => {
  const pair = await pairOf(await sandbox.requestToken(password('admin@hookdesk.test')))
  const stored = JSON.stringify(await sandbox.db.select().from(tokens))

  expect(stored).not.toContain(pair.access_token)
  expect(stored).not.toContain(pair.refresh_token)
})

test.each([
  ['a wrong password', password('admin@hookdesk.test', { password: 'Sandbox' })],
  ['an unknown account', password('nobody@hookdesk.test')],
  ['no password', { grant_type: 'password', username: 'admin@hookdesk.test' }],
  ['a NUL in the name', password('admin\0')],
])('%s is an invalid grant with a description', async (_what, form) => {
  const answer = await sandbox.requestToken(form)

  expect(answer.status).toBe(400)
  expect(await answer.json()).toEqual({
    error: 'invalid_grant',
    error_description: 'The user name or password is incorrect.',
  })
})

test('a JSON body is an unsupported grant type', async () => {
  const answer = await sandbox.app.request('/api/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(password('admin@hookdesk.test')),
  })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toEqual({ error: 'unsupported_grant_type' })
})

test('an unknown grant is an unsupported grant type, and other methods are not allowed', async () => {
  const answer = await sandbox.requestToken({ grant_type: 'client_credentials' })
  expect(await answer.json()).toEqual({ error: 'unsupported_grant_type' })
  expect((await sandbox.app.request('/api/token')).status).toBe(405)
})

test('a forced reset answers with a reset token instead of a pair', async () => {
  const answer = await sandbox.requestToken(password('reset@hookdesk.test'))

  expect(answer.status).toBe(400)
  expect(await answer.json()).toEqual({
    error: 'must_reset_password',
    error_description: expect.stringMatching(/^\S{20,}$/),
  })
})

test('an account with a second factor signs in with a code, and only once with each', async () => {
  const timestamp = sandbox.clock.now().getTime()
  const code = new TOTP({ secret: SANDBOX_TOTP_SECRET }).generate({ timestamp })

  for (const totp of [undefined, '', code === '000000' ? '000001' : '000000', 'abc']) {
    const answer = await sandbox.requestToken(
      password('totp@hookdesk.test', totp === undefined ? {} : { totp }),
    )
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ error: 'two_factor_auth_check' })
  }
  await pairOf(await sandbox.requestToken(password('totp@hookdesk.test', { totp: code })))

  // only once: the code shown is one that has not been used
  const again = await sandbox.requestToken(password('totp@hookdesk.test', { totp: code }))
  expect(await again.json()).toEqual({ error: 'two_factor_auth_check' })
  const shown = await (await sandbox.app.request('/sandbox/totp')).text()
  expect(shown).not.toBe(code)
  await pairOf(await sandbox.requestToken(password('totp@hookdesk.test', { totp: shown })))
})

test('with the switch set a wrong code is refused like a wrong password; a missing one is asked for', async () => {
  await writeSwitches(sandbox.db, { wrongCode: 'invalid_grant' })
  const signIn = async (totp: string) => {
    const answer = await sandbox.requestToken(password('totp@hookdesk.test', { totp }))
    return [answer.status, await answer.json()]
  }
  expect(await signIn('abc')).toEqual([
    400,
    { error: 'invalid_grant', error_description: 'The user name or password is incorrect.' },
  ])
  expect(await signIn('')).toEqual([400, { error: 'two_factor_auth_check' }])
  await writeSwitches(sandbox.db, { wrongCode: 'two_factor_auth_check' })
  expect(await signIn('abc')).toEqual([400, { error: 'two_factor_auth_check' }])
})

test('a user name with a NUL in it belongs to nobody', async () => {
  const answer = await sandbox.requestToken(password('admin@hookdesk.test\0'))
  expect([answer.status, (await answer.json()).error]).toEqual([400, 'invalid_grant'])
})

test('a wrong password is refused before the second factor is asked for', async () => {
  const form = password('totp@hookdesk.test', { password: 'wrong' })
  expect((await (await sandbox.requestToken(form)).json()).error).toBe('invalid_grant')
})

test('a refresh gives a new pair and ends the old refresh token, but not the access token', async () => {
  const headers = { client_id: 'rotation' }
  const first = await pairOf(await sandbox.requestToken(password('admin@hookdesk.test'), headers))
  const second = await pairOf(await sandbox.requestToken(refresh(first.refresh_token), headers))

  expect(second.access_token).not.toBe(first.access_token)
  const again = await sandbox.requestToken(refresh(first.refresh_token), headers)
  expect(again.status).toBe(400)
  expect(await again.json()).toEqual({ error: 'invalid_grant' })
  expect((await me(first.access_token)).status).toBe(200)
  expect((await me(second.access_token)).status).toBe(200)
  await pairOf(await sandbox.requestToken(refresh(second.refresh_token), headers))
})

test('when one refresh token is used many times at once, one call gets the pair', async () => {
  const headers = { client_id: 'race' }
  const pair = await pairOf(await sandbox.requestToken(password('admin@hookdesk.test'), headers))

  const answers = await Promise.all(
    Array.from({ length: 6 }, () => sandbox.requestToken(refresh(pair.refresh_token), headers)),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('a refresh requires the client id of the sign-in', async () => {
  const { refresh_token } = await pairOf(
    await sandbox.requestToken(password('admin@hookdesk.test'), { client_id: 'laptop' }),
  )
  expect((await sandbox.requestToken(refresh(refresh_token))).status).toBe(400)
  const other = await sandbox.requestToken(refresh(refresh_token), { client_id: 'phone' })
  expect(await other.json()).toEqual({ error: 'invalid_grant' })

  // the refused refresh did not use the token up
  await pairOf(await sandbox.requestToken(refresh(refresh_token), { client_id: 'laptop' }))
})

test('a sign-in without a client id takes the e-mail address as client id', async () => {
  const form = password('viewer@hookdesk.test')
  const first = await pairOf(await sandbox.requestToken(form))
  const second = await pairOf(await sandbox.requestToken(refresh(first.refresh_token)))
  const third = await pairOf(
    await sandbox.requestToken(refresh(second.refresh_token), {
      client_id: 'viewer@hookdesk.test',
    }),
  )
  expect(third.refresh_token).not.toBe(second.refresh_token)
})

test('a new sign-in ends only the refresh token of the same client id', async () => {
  const signIn = async (client_id: string) =>
    pairOf(await sandbox.requestToken(password('admin@hookdesk.test'), { client_id }))
  const before = await signIn('tab')
  const elsewhere = await signIn('other-device')
  await signIn('tab')

  const dead = await sandbox.requestToken(refresh(before.refresh_token), { client_id: 'tab' })
  expect(dead.status).toBe(400)
  expect((await me(before.access_token)).status).toBe(200)
  await pairOf(
    await sandbox.requestToken(refresh(elsewhere.refresh_token), { client_id: 'other-device' }),
  )
})

test('an access token ends after a week, a refresh token after fifteen days', async () => {
  const headers = { client_id: 'old' }
  const form = password('viewer@hookdesk.test')
  const pair = await pairOf(await sandbox.requestToken(form, headers))

  sandbox.clock.pass(604_799_000)
  const expired = await me(pair.access_token)
  expect(expired.status).toBe(401)
  expect(await expired.text()).toBe('')
  const renewed = await pairOf(await sandbox.requestToken(refresh(pair.refresh_token), headers))

  sandbox.clock.pass(15 * 24 * 3_600_000)
  const late = await sandbox.requestToken(refresh(renewed.refresh_token), headers)
  expect(await late.json()).toEqual({ error: 'invalid_grant' })
})
