import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'

import { credentialsSchema } from '#contract/desk/desk.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import { identify } from '#server/nexudus/identity.ts'
import { requestToken, type TokenResult } from '#server/nexudus/token.ts'
import type { Upstream } from '#server/nexudus/upstream.ts'

import type { SessionStore } from './session-store.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'
import type { SpentCodes } from './spent-codes.ts'
import type { Visitors } from './visitors.ts'

type SessionRoutesOptions = {
  upstream: Upstream
  store: SessionStore
  throttle: SignInThrottle
  codes: SpentCodes
  visitors: Visitors
}

/** `/desk/session`: sign in, sign out, and the current person. */
export function sessionRoutes({
  upstream,
  store,
  throttle,
  codes,
  visitors,
}: SessionRoutesOptions) {
  const { cookie, sourceOf, stateOf, stateFor } = visitors

  return new Hono<AppEnv>()
    .get('/session', async (c) => c.json(await stateFor(c)))

    .post('/session', valid('json', credentialsSchema), async (c) => {
      const { email, password, totp } = c.req.valid('json')
      const attempt = await throttle.begin({ email, source: sourceOf(c) })
      if (totp && !(await codes.spend(email, totp))) {
        throw new Failed('second_factor', { reason: 'code_used' })
      }
      const giveCodeBack = async () => (totp ? codes.giveBack(email, totp) : undefined)

      // a second sign-in with the same client id would end the first one's session at Nexudus
      const clientId = `hookdesk-${randomUUID()}`
      const grant = { kind: 'password', email, password, totp } as const
      const result = await requestToken(upstream, grant, { clientId, account: email }).catch(
        async (error: unknown) => {
          await Promise.all([attempt.takenBack(), giveCodeBack()])
          throw asSignIn(error)
        },
      )
      if (result.kind !== 'granted') {
        await giveCodeBack()
        // a person who is asked for a code, or sent to reset, knew the password
        if (result.kind !== 'refused' && !totp) await attempt.takenBack()
        throw refusalOf(result, totp !== undefined && totp !== '')
      }
      await attempt.succeeded()

      const headers = { authorization: `Bearer ${result.token.access_token}` }
      const signedIn = await identify(
        // the person is signed in, even if the other details cannot be read
        {
          get: (path) => upstream({ method: 'GET', path, headers, account: email }),
          noneIf: noneIfFailed,
        },
        email,
      )
      const session = await store.create({ clientId, token: result.token, signedIn })

      const earlier = cookie.read(c)
      if (earlier) await store.remove(earlier)
      cookie.write(c, session.id, new Date(session.signedIn.endsAt))
      return c.json(stateOf(session))
    })

    .delete('/session', async (c) => {
      const id = cookie.read(c)
      if (id) await store.remove(id)
      cookie.remove(c)
      c.header('Clear-Site-Data', '"cache"')
      return c.json(stateOf(undefined))
    })
}

function noneIfFailed(error: unknown): undefined {
  if (!(error instanceof Failed)) throw error
}

/** Translates answers with a special meaning for a sign-in, which Nexudus does not document. */
function asSignIn(error: unknown): unknown {
  if (!(error instanceof Failed)) return error
  const { code, details } = error
  if (code === 'upstream_error' && details.upstreamStatus === 500) {
    return new Failed(code, { ...details, reason: 'sign_in_500' }, error)
  }
  if (
    (code === 'upstream_error' || code === 'upstream_not_json') &&
    details.upstreamStatus === 403
  ) {
    return new Failed(code, { ...details, reason: 'sign_in_403' }, error)
  }
  return error
}

/**
 * One failure for a wrong name and a wrong password; the second factor is mentioned only after both
 * were right.
 */
function refusalOf({ kind }: TokenResult, codeGiven: boolean): Failed {
  if (kind === 'second-factor') {
    return new Failed('second_factor', { reason: codeGiven ? 'code_wrong' : 'code_needed' })
  }
  if (kind === 'reset-forced') return new Failed('reset_forced')
  // the answer to a wrong code is not documented; it may equal that to a wrong password
  return new Failed('sign_in_failed', { reason: codeGiven ? 'password_or_code' : 'password' })
}
