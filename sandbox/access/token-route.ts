import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { Hono, type Context } from 'hono'

import type { Database } from '#platform/db/database.ts'
import { users } from '#sandbox/db/tables.ts'
import { methodNotAllowed } from '#sandbox/wire/routing.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'
import { wireTime } from '#sandbox/wire/wire-time.ts'

import { spendCode } from './second-factor.ts'
import { issuePair, spendRefreshToken } from './tokens.ts'
import { findUserByPassword } from './user-store.ts'

const BAD_CREDENTIALS = 'The user name or password is incorrect.'

/** `POST /api/token`: the password and the refresh grant, form-encoded only. */
export function tokenRoute(db: Database, now: () => Date) {
  return new Hono()
    .post('/', async (c) => {
      // multipart is a form too, but only this encoding is documented
      if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) {
        return refuse(c, 'unsupported_grant_type')
      }
      const form = new URLSearchParams(await c.req.text())
      const clientId = c.req.header('client_id')

      switch (form.get('grant_type')) {
        case 'password':
          return passwordGrant(c, { db, now: now(), form, clientId })
        case 'refresh_token':
          return refreshGrant(c, { db, now: now(), form, clientId })
        default:
          return refuse(c, 'unsupported_grant_type')
      }
    })
    .all('/', methodNotAllowed)
}

type Grant = { db: Database; now: Date; form: URLSearchParams; clientId: string | undefined }

async function passwordGrant(c: Context, { db, now, form, clientId }: Grant) {
  const user = await findUserByPassword(db, form.get('username') ?? '', form.get('password') ?? '')
  if (!user) return refuse(c, 'invalid_grant', BAD_CREDENTIALS)

  // the description is the reset token itself, so no client may show it
  if (user.mustResetPassword) {
    return refuse(c, 'must_reset_password', randomBytes(24).toString('base64url'))
  }
  const code = form.get('totp') ?? ''
  if (!(await spendCode(db, user, code, now))) {
    // undocumented: the answer to a wrong code; a missing code is asked for
    const { wrongCode } = await readSwitches(db)
    const isAsked = code === '' || wrongCode === 'two_factor_auth_check'
    return isAsked
      ? refuse(c, 'two_factor_auth_check')
      : refuse(c, 'invalid_grant', BAD_CREDENTIALS)
  }
  await db
    .update(users)
    .set({ lastAccess: wireTime(now) })
    .where(eq(users.id, user.id))
  return c.json(await issuePair(db, user.id, clientId ?? user.email, now))
}

async function refreshGrant(c: Context, { db, now, form, clientId }: Grant) {
  const spent = await spendRefreshToken(db, form.get('refresh_token') ?? '', clientId, now)
  if (!spent?.user.active) return refuse(c, 'invalid_grant')
  return c.json(await issuePair(db, spent.user.id, spent.clientId, now))
}

type GrantError =
  'unsupported_grant_type' | 'invalid_grant' | 'two_factor_auth_check' | 'must_reset_password'

const refuse = (c: Context, error: GrantError, description?: string) =>
  c.json(description === undefined ? { error } : { error, error_description: description }, 400)
