import { setTimeout as sleep } from 'node:timers/promises'

import { maskText } from '#contract/address/address.ts'
import type { SignedIn } from '#contract/desk/desk.ts'
import { holds } from '#contract/nexudus/rights.ts'
import type { Token } from '#contract/nexudus/token.ts'
import { Failed } from '#platform/http/failure.ts'

import type { Answer } from './answer.ts'
import type { Call } from './call.ts'
import { requestToken } from './token.ts'
import type { Upstream } from './upstream.ts'
import { failureIn, isDenied } from './denied.ts'

/** A call to Nexudus in an account's name. `role` is what Nexudus demands for it, named when it is missing. */
export type AccountCall = (call: Omit<Call, 'account'> & { role: string }) => Promise<Answer>

/** An account that is signed in, as far as Nexudus tells of it, and how to call Nexudus in its name. */
export type SignedInAccount = Pick<SignedIn, 'email' | 'rights' | 'locations'> & {
  call: AccountCall
}

/** The tokens of an account, open, as they are kept somewhere. Never leaves the server. */
export type KeptTokens = {
  /** Of what keeps them. */
  key: string
  clientId: string
  /** How often they were renewed. */
  generation: number
  token: Token
  tokensReceivedAt: Date
  tokensExpireAt: Date
  /** The roles that these tokens were refused for, though they were good. */
  refused: readonly string[]
  signedIn: Pick<SignedIn, 'email' | 'rights'>
}

/** Where tokens are kept: a row that several processes share. */
export type TokenStore<Kept extends KeptTokens> = {
  /** As they are now, unless they are no longer kept. */
  findByKey: (key: string) => Promise<Kept | undefined>
  removeByKey: (key: string) => Promise<void>
  /** Takes the right to renew these tokens, for `leaseMs`; nothing if another has it. */
  claimRefresh: (kept: Kept, leaseMs: number) => Promise<string | undefined>
  /** Stores the new pair, before anyone uses it. */
  finishRefresh: (kept: Kept, claim: string, token: Token) => Promise<void>
  releaseRefresh: (kept: Kept, claim: string) => Promise<void>
  /** Nexudus refused these tokens for these roles, and the ones before them, too. */
  noteRefused: (kept: Kept, roles: readonly string[]) => Promise<void>
  /** Nexudus has answered where it had refused: the next refusal may be one of the token. */
  forgetRefused: (key: string, role: string) => Promise<void>
  /** Nexudus has refused what the rights as they are kept would allow. */
  doubtRights: (key: string) => Promise<void>
}

type AccountOptions<Kept extends KeptTokens> = {
  upstream: Upstream
  store: TokenStore<Kept>
  now: () => Date
}

// longer than a refresh can take, so that nobody else starts one while it runs
const REFRESH_LEASE_MS = 45_000
const REFRESH_POLL_MS = 100

/**
 * Calls Nexudus with the account's token: refreshed ahead of its end, and once more when Nexudus
 * answers 401. The call is then repeated once, also a write, because a 401 means that it was
 * refused before anything happened. A 401 with a fresh token is a missing role, for as long as the
 * token lives, and so is whatever else says that access is denied. What is answered to a read is
 * data, or the call fails.
 */
export function createAccounts<Kept extends KeptTokens>({
  upstream,
  store,
  now,
}: AccountOptions<Kept>) {
  // in this process the waiting requests share one refresh; the claim settles it between processes
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
      // a lost answer may have rotated the pair: one more try tells, and never a third
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
    // noted before it is known, or others who are refused meanwhile would renew this token, too
    await store.noteRefused(renewed, [role])
    const forget = () => store.forgetRefused(renewed.key, role)
    const again = await send(renewed).catch(async (error: unknown) => {
      await forget()
      throw error
    })
    if (again.status !== 401) await forget()
    // the token before was good, then, and its other refusals hold for this one
    else if (fresh.refused.length > 0) await store.noteRefused(renewed, fresh.refused)
    return again
  }

  /** Whether somebody else with the same token has found out since they were read. */
  async function isRefusedByNow({ key, generation }: Kept, role: string): Promise<boolean> {
    const current = await store.findByKey(key)
    return current?.generation === generation && current.refused.includes(role)
  }

  /** Calls Nexudus in the name of the account that these are the tokens of. */
  return function callOf(kept: Kept): AccountCall {
    return async (call) => {
      const { role } = call
      const answer = await send401sAgain(kept, call)
      if (answer.status === 401 || isDenied(answer)) {
        const { signedIn, refused, key } = kept
        // asked about once, and no more than that
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

/** At four fifths of its life, or a minute before its end. */
function isNearItsEnd({ tokensReceivedAt, tokensExpireAt }: KeptTokens, now: Date): boolean {
  const lifeMs = tokensExpireAt.getTime() - tokensReceivedAt.getTime()
  const leftMs = tokensExpireAt.getTime() - now.getTime()
  // its life cannot have begun in the future: a clock was set back, and nobody knows what is left
  return leftMs > 2 * lifeMs || leftMs < Math.max(lifeMs / 5, Math.min(60_000, lifeMs / 2))
}

const expired = () => new Failed('session_expired')

export const missing = (role: string) =>
  new Failed('permission_missing', { reason: 'role', missing: role })
