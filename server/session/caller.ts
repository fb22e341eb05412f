import { setTimeout as sleep } from 'node:timers/promises'

import { maskText } from '#contract/address/address.ts'
import { holds } from '#contract/nexudus/rights.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Answer } from '#server/nexudus/answer.ts'
import type { Call } from '#server/nexudus/call.ts'
import { requestToken } from '#server/nexudus/token.ts'
import type { Upstream } from '#server/nexudus/upstream.ts'

import { failureIn, isDenied } from './denied.ts'
import type { Session, SessionStore } from './session-store.ts'

/** A call in the person's name. `role` is what Nexudus demands for it, named when it is missing. */
export type PersonCall = Omit<Call, 'account'> & { role: string }

export type CallAsPerson = (session: Session, call: PersonCall) => Promise<Answer>

type CallerOptions = { upstream: Upstream; store: SessionStore; now: () => Date }

// longer than a refresh can take, so that nobody else starts one while it runs
const REFRESH_LEASE_MS = 45_000
const REFRESH_POLL_MS = 100

/**
 * Calls Nexudus with the session's token: refreshed ahead of its end, and once more when Nexudus
 * answers 401. The call is then repeated once, also a write, because a 401 means that it was
 * refused before anything happened. A 401 with a fresh token is a missing role, for as long as the
 * token lives, and so is whatever else says that access is denied. What is answered to a read is
 * data, or the call fails.
 */
export function createCaller({ upstream, store, now }: CallerOptions): CallAsPerson {
  // in this process the waiting requests share one refresh; the claim settles it between processes
  const refreshing = new Map<string, Promise<Session>>()

  function refresh(session: Session): Promise<Session> {
    const running = refreshing.get(session.idHash)
    if (running) return running
    const started = refreshOnce(session).finally(() => refreshing.delete(session.idHash))
    refreshing.set(session.idHash, started)
    return started
  }

  async function refreshOnce(session: Session): Promise<Session> {
    for (;;) {
      const claim = await store.claimRefresh(session, REFRESH_LEASE_MS)
      if (claim) return await exchange(session, claim)

      await sleep(REFRESH_POLL_MS)
      const current = await store.findByHash(session.idHash, { byPerson: false })
      if (!current) throw expired()
      if (current.generation > session.generation) return current
    }
  }

  async function exchange(session: Session, claim: string): Promise<Session> {
    const grant = { kind: 'refresh', refreshToken: session.token.refresh_token } as const
    const names = { clientId: session.clientId, account: session.signedIn.email }
    try {
      // a lost answer may have rotated the pair: one more try tells, and never a third
      const result = await requestToken(upstream, grant, names).catch((error: unknown) => {
        if (error instanceof Failed && error.details.outcome === 'unknown') {
          return requestToken(upstream, grant, names)
        }
        throw error
      })
      if (result.kind === 'granted') {
        await store.finishRefresh(session, claim, result.token)
        const current = await store.findByHash(session.idHash, { byPerson: false })
        if (current) return current
      }
    } catch (error) {
      await store.releaseRefresh(session, claim)
      throw error
    }
    await store.removeByHash(session.idHash)
    throw expired()
  }

  async function send401sAgain(session: Session, { role, ...call }: PersonCall): Promise<Answer> {
    const send = ({ token, signedIn }: Session) =>
      upstream({
        ...call,
        account: signedIn.email,
        headers: { ...call.headers, authorization: `Bearer ${token.access_token}` },
      })

    const fresh = isNearItsEnd(session, now()) ? await refresh(session) : session
    const answer = await send(fresh)
    const isKnown = fresh.refused.includes(role)
    if (answer.status !== 401) {
      if (isKnown) await store.forgetRefused(fresh.idHash, role)
      return answer
    }
    if (isKnown || (await isRefusedByNow(fresh, role))) return answer

    const renewed = await refresh(fresh)
    // noted before it is known, or others who are refused meanwhile would renew this token, too
    await store.noteRefused(renewed, [role])
    const forget = () => store.forgetRefused(renewed.idHash, role)
    const again = await send(renewed).catch(async (error: unknown) => {
      await forget()
      throw error
    })
    if (again.status !== 401) await forget()
    // the token before was good, then, and its other refusals hold for this one
    else if (fresh.refused.length > 0) await store.noteRefused(renewed, fresh.refused)
    return again
  }

  /** Whether somebody else with the same token has found out since the session was read. */
  async function isRefusedByNow({ idHash, generation }: Session, role: string): Promise<boolean> {
    const current = await store.findByHash(idHash, { byPerson: false })
    return current?.generation === generation && current.refused.includes(role)
  }

  return async function callAsPerson(session, call) {
    const { role } = call
    const answer = await send401sAgain(session, call)
    if (answer.status === 401 || isDenied(answer)) {
      const { signedIn, refused, idHash } = session
      // asked about once, and no more than that
      if (holds(signedIn.rights, role) && !refused.includes(role)) await store.doubtRights(idHash)
      throw missing(role)
    }
    const reason = call.method === 'GET' ? failureIn(answer) : undefined
    if (reason === undefined) return answer
    const text = `Nexudus could not answer this request${reason && `: ${maskText(reason)}`}`
    throw new Failed('upstream_error', text, { upstreamStatus: answer.status })
  }
}

/** At four fifths of its life, or a minute before its end. */
function isNearItsEnd({ tokensReceivedAt, tokensExpireAt }: Session, now: Date): boolean {
  const lifeMs = tokensExpireAt.getTime() - tokensReceivedAt.getTime()
  const leftMs = tokensExpireAt.getTime() - now.getTime()
  // its life cannot have begun in the future: a clock was set back, and nobody knows what is left
  return leftMs > 2 * lifeMs || leftMs < Math.max(lifeMs / 5, Math.min(60_000, lifeMs / 2))
}

const expired = () => new Failed('session_expired', 'Your session has ended.')

export const missing = (role: string) =>
  new Failed('permission_missing', `Your Nexudus account lacks the role ${role}.`, {
    missing: role,
  })
