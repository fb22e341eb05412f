import { tokenErrorSchema, tokenSchema, type Token } from '#contract/nexudus/token.ts'
import { Failed } from '#platform/http/failure.ts'

import type { Answer } from './answer.ts'
import { TOKEN_PATH } from './call.ts'
import type { Upstream } from './upstream.ts'

type Grant =
  | { kind: 'password'; email: string; password: string; totp?: string | undefined }
  | { kind: 'refresh'; refreshToken: string }

/** Result of a request for tokens. `refused` is final; `second-factor` asks for a code. */
export type TokenResult =
  | { kind: 'granted'; token: Token }
  | { kind: 'refused' }
  | { kind: 'second-factor' }
  | { kind: 'reset-forced' }

/**
 * `POST /api/token`. Clients may choose the client id freely; Hookdesk uses one per session,
 * because a second sign-in with the same one ends the first one's refresh token.
 */
export async function requestToken(
  upstream: Upstream,
  grant: Grant,
  { clientId, account }: { clientId: string; account: string },
): Promise<TokenResult> {
  const answer = await upstream({
    method: 'POST',
    path: TOKEN_PATH,
    headers: { 'content-type': 'application/x-www-form-urlencoded', client_id: clientId },
    body: formOf(grant),
    account,
  })
  return resultOf(answer)
}

function formOf(grant: Grant): string {
  if (grant.kind === 'refresh') {
    return `${new URLSearchParams({ grant_type: 'refresh_token', refresh_token: grant.refreshToken })}`
  }
  const { email, password, totp } = grant
  const fields = { grant_type: 'password', username: email, password }
  return `${new URLSearchParams(totp ? { ...fields, totp } : fields)}`
}

function resultOf({ status, json }: Answer): TokenResult {
  // one edition of the docs answers a wrong password with 401 instead of 400
  if (status === 401) return { kind: 'refused' }

  const token = tokenSchema.safeParse(json)
  if (status === 200 && token.success) return { kind: 'granted', token: token.data }

  const refusal = tokenErrorSchema.safeParse(json)
  if (status === 400 && refusal.success) {
    const { error } = refusal.data
    if (error === 'invalid_grant') return { kind: 'refused' }
    if (error === 'two_factor_auth_check') return { kind: 'second-factor' }
    // its description is a reset token, so it is dropped here and goes no further
    if (error === 'must_reset_password') return { kind: 'reset-forced' }
  }
  throw new Failed('upstream_error', { reason: 'sign_in_unclear', upstreamStatus: status })
}
