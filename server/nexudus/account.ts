import { setTimeout as sleep } from 'node:timers/promises'

import { maskText } from '#contract/address/address.ts'
import type { SignedIn } from '#contract/desk/desk.ts'
import { holds, may, type WebhookRole } from '#contract/nexudus/rights.ts'
import type { Token } from '#contract/nexudus/token.ts'
import { Failed } from '#platform/http/failure.ts'

import type { Answer } from './answer.ts'
import type { Call } from './call.ts'
import { requestToken } from './token.ts'
import type { Upstream } from './upstream.ts'
import { failureIn, isDenied } from './denied.ts'

/**
 * A call to Nexudus in an account's name. `role` is the one that Nexudus demands for it, named if
 * it is missing.
 */
export type AccountCall = (call: Omit<Call, 'account'> & { role: string }) => Promise<Answer>

/** A signed-in account, as far as Nexudus tells, and how to call Nexudus in its name. */
export type SignedInAccount = Pick<SignedIn, 'email' | 'rights' | 'locations'> & {
  call: AccountCall
}

/** The unsealed tokens of an account, as the store returns them. They never leave the server. */
export type KeptTokens = {
  /** Key in the token store. */
  key: string
  clientId: string
  /** Number of renewals. */
  generation: number
  token: Token
  tokensReceivedAt: Date
  tokensExpireAt: Date
  /** Roles for which Nexudus refused these tokens although they were valid. */
  refused: readonly string[]
  signedIn: Pick<SignedIn, 'email' | 'rights'>
}

/** Storage of tokens: a row that several processes share. */
export type TokenStore<Kept extends KeptTokens> = {
  /** The current tokens, if they are still stored. */
  findByKey: (key: string) => Promise<Kept | undefined>
  removeByKey: (key: string) => Promise<void>
  /** Claims the renewal of these tokens for `leaseMs`; `undefined` if another process has it. */
  claimRefresh: (kept: Kept, leaseMs: number) => Promise<string | undefined>
  /** Stores the new pair before anyone uses it. */
  finishRefresh: (kept: Kept, claim: string, token: Token) => Promise<void>
  releaseRefresh: (kept: Kept, claim: string) => Promise<void>
  /** Notes that Nexudus refused these tokens, and the ones before them, for these roles. */
  noteRefused: (kept: Kept, roles: readonly string[]) => Promise<void>
  /** Notes that Nexudus answered where it had refused: the next refusal may concern the token. */
  forgetRefused: (key: string, role: string) => Promise<void>
  /** Notes that Nexudus refused a call that the stored rights would allow. */
  doubtRights: (key: string) => Promise<void>
}

type AccountOptions<Kept extends KeptTokens> = {
  upstream: Upstream
  store: TokenStore<Kept>
  now: () => Date
}

// longer than a refresh can take, so that no other process starts one while it runs
const REFRESH_LEASE_MS = 45_000
const REFRESH_POLL_MS = 100

/**
 * Calls Nexudus with the account's token: refreshed before its end, and once more if Nexudus
 * answers 401. The call is then repeated once, even a write, because a 401 means that it was
 * refused before anything happened. A 401 with a fresh token is a missing role, for as long as the
 * token lives, and so is any other answer that denies access. A read answers with data, or fails.
 */
export function createAccounts<Kept extends KeptTokens>({
  upstream,
  store,
  now,
}: AccountOptions<Kept>) {
  // waiting requests of this process share one refresh; the claim covers other processes
  const refreshing = new Map<string, Promise<Kept>>()

  function refresh(kept: Kept): Promise<Kept> {
    const running = refreshing.get(kept.key)
    if (running) return running
    const started = refreshOnce(kept).finally(() => refreshing.delete(kept.key))
    refreshing.set(kept.key, started)
    return started
  }

  async function refreshOnce(kept: Kept): Promise<Kept> {
    for (;;) {
      const claim = await store.claimRefresh(kept, REFRESH_LEASE_MS)
      if (claim) return await exchange(kept, claim)

      await sleep(REFRESH_POLL_MS)
      const current = await store.findByKey(kept.key)
      if (!current) throw expired()
      if (current.generation > kept.generation) return current
    }
  }

  async function exchange(kept: Kept, claim: string): Promise<Kept> {
    const grant = { kind: 'refresh', refreshToken: kept.token.refresh_token } as const
    const names = { clientId: kept.clientId, account: kept.signedIn.email }
    try {
      // a lost answer may have rotated the pair: a second attempt tells, and there is no third
      const result = await requestToken(upstream, grant, names).catch((error: unknown) => {
        if (error instanceof Failed && error.details.outcome === 'unknown') {
          return requestToken(upstream, grant, names)
        }
        throw error
      })
      if (result.kind === 'granted') {
        await store.finishRefresh(kept, claim, result.token)
        const current = await store.findByKey(kept.key)
        if (current) return current
      }
    } catch (error) {
      await store.releaseRefresh(kept, claim)
      throw error
    }
    await store.removeByKey(kept.key)
    throw expired()
  }

  async function send401sAgain(
    kept: Kept,
    { role, ...call }: Parameters<AccountCall>[0],
  ): Promise<Answer> {
    const send = ({ token, signedIn }: Kept) =>
      upstream({
        ...call,
        account: signedIn.email,
        headers: { ...call.headers, authorization: `Bearer ${token.access_token}` },
      })

    const fresh = isNearItsEnd(kept, now()) ? await refresh(kept) : kept
    const answer = await send(fresh)
    const isKnown = fresh.refused.includes(role)
    if (answer.status !== 401) {
      if (isKnown) await store.forgetRefused(fresh.key, role)
      return answer
    }
    if (isKnown || (await isRefusedByNow(fresh, role))) return answer

    const renewed = await refresh(fresh)
    // noted before it is certain, or others refused meanwhile would renew this token, too
    await store.noteRefused(renewed, [role])
    const forget = () => store.forgetRefused(renewed.key, role)
    const again = await send(renewed).catch(async (error: unknown) => {
      await forget()
      throw error
    })
    if (again.status !== 401) await forget()
    // so the earlier token was valid, and its other refusals hold for this one
    else if (fresh.refused.length > 0) await store.noteRefused(renewed, fresh.refused)
    return again
  }

  /** True if another request with the same token has learned of the refusal meanwhile. */
  async function isRefusedByNow({ key, generation }: Kept, role: string): Promise<boolean> {
    const current = await store.findByKey(key)
    return current?.generation === generation && current.refused.includes(role)
  }

  /** Returns the account's way to call Nexudus with these tokens. */
  return function callOf(kept: Kept): AccountCall {
    return async (call) => {
      const { role } = call
      const answer = await send401sAgain(kept, call)
      if (answer.status === 401 || isDenied(answer)) {
        const { signedIn, refused, key } = kept
        // once only: the next refusal for this role does not doubt the rights again
        if (holds(signedIn.rights, role) && !refused.includes(role)) await store.doubtRights(key)
        throw missing(role)
      }
      const said = call.method === 'GET' ? failureIn(answer) : undefined
      if (said === undefined) return answer
      throw new Failed('upstream_error', {
        reason: 'unanswered',
        upstreamStatus: answer.status,
        ...(said && { said: maskText(said) }),
      })
    }
  }
}

/** True in the last fifth of the token's life, or in its last minute. */
function isNearItsEnd({ tokensReceivedAt, tokensExpireAt }: KeptTokens, now: Date): boolean {
  const lifeMs = tokensExpireAt.getTime() - tokensReceivedAt.getTime()
  const leftMs = tokensExpireAt.getTime() - now.getTime()
  // its life cannot have begun in the future: the clock was set back, and the rest is unknown
  return leftMs > 2 * lifeMs || leftMs < Math.max(lifeMs / 5, Math.min(60_000, lifeMs / 2))
}

const expired = () => new Failed('session_expired')

/** The account, if it has a role. */
export function requireRole(account: SignedInAccount, role: WebhookRole): SignedInAccount {
  if (!may(account.rights, role)) throw missing(role)
  return account
}

export const missing = (role: string) =>
  new Failed('permission_missing', { reason: 'role', missing: role })
