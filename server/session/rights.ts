import type { Logger } from 'pino'

import { isWithin } from '#platform/db/spans.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AccountCall } from '#server/nexudus/account.ts'
import { identify } from '#server/nexudus/identity.ts'
import { noneIfNotAllowed } from '#server/nexudus/not-allowed.ts'

import type { Session, SessionStore } from './session-store.ts'

/** Time for which rights are trusted before Nexudus is asked again, in milliseconds. */
const BELIEVED_MS = 5 * 60_000

/** After a failed attempt to ask Nexudus, the next request must not wait for it, too. */
const ASK_AGAIN_MS = 30_000

const NEVER = new Date(0)

type RightsOptions = {
  store: Pick<SessionStore, 'findByKey' | 'setIdentity'>
  callOf: (session: Session) => AccountCall
  now: () => Date
  log: Logger
}

/** Keeps the rights in sessions in step with Nexudus. */
export function createRights({ store, callOf, now, log }: RightsOptions) {
  const asking = new Map<string, Promise<Session>>()
  const failedAt = new Map<string, Date>()

  const isBelieved = ({ rightsAt }: Session) => isWithin(rightsAt, BELIEVED_MS, now())
  const hasJustFailed = ({ key }: Session) =>
    isWithin(failedAt.get(key) ?? NEVER, ASK_AGAIN_MS, now())

  async function ask(session: Session): Promise<Session> {
    const { key, signedIn } = session
    // it may have been read just before another request stored what Nexudus said
    const stored = await store.findByKey(key, { byPerson: false, idles: false })
    if (stored && isBelieved(stored)) return stored
    try {
      const identity = await identify(
        {
          get: (path, role) => callOf(session)({ method: 'GET', path, role }),
          noneIf: noneIfNotAllowed,
        },
        signedIn.email,
      )
      await store.setIdentity(key, identity)
      failedAt.delete(key)
      const { name, rights, locations } = identity
      return { ...session, rightsAt: now(), signedIn: { ...signedIn, name, rights, locations } }
    } catch (error) {
      if (!(error instanceof Failed) || error.code === 'session_expired') throw error
      // an outage takes no rights away, and nobody can revoke any at Nexudus meanwhile
      log.warn({ err: error }, 'rights could not be read again')
      failedAt.set(key, now())
      return session
    }
  }

  return {
    /** The session, with rights at most five minutes old if Nexudus answers. */
    async refreshed(session: Session): Promise<Session> {
      if (isBelieved(session) || hasJustFailed(session)) return session
      const { key } = session
      const running = asking.get(key)
      if (running) return running
      const started = ask(session).finally(() => asking.delete(key))
      asking.set(key, started)
      return started
    },
  }
}
