import type { Context, Hono } from 'hono'
import type { Logger } from 'pino'

import type { DeskState } from '#contract/desk/desk.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { createAccounts, type SignedInAccount } from '#server/nexudus/account.ts'
import type { Upstream } from '#server/nexudus/upstream.ts'

import { forwardRoutes, type BeginReading } from './forward-routes.ts'
import { createRights } from './rights.ts'
import { sandboxForwardRoutes } from './sandbox-forward-routes.ts'
import { createSeal } from '#server/nexudus/seal.ts'
import { sessionRoutes } from './session-routes.ts'
import { createSessionStore, type Lifetimes, type Session } from './session-store.ts'
import { createSignInThrottle } from './sign-in-throttle.ts'
import { createSpentCodes } from './spent-codes.ts'
import { createVisitors } from './visitors.ts'

type SessionNeeds = {
  db: Database
  now: () => Date
  log: Logger
  /** Secrets that seal tokens; the first seals, the others open older ones. */
  secrets: [string, ...string[]]
  /** The origin under which people open the desk. */
  origin: string
  upstream: Upstream
  lifetimes: Lifetimes
  sourceOf: (c: Context) => string
  deskState: Omit<DeskState, 'session'>
  /** Keys of sessions that are kept although no person is active. */
  sessionsAtWork: () => Promise<string[]>
  beginReading: BeginReading
}

/** The sessions, and reads in the name of their people. */
export function createSessionRoom(needs: SessionNeeds) {
  const { db, now, log, upstream } = needs
  const store = createSessionStore({ ...needs, seal: createSeal(needs.secrets) })
  const throttle = createSignInThrottle(db, now)
  const codes = createSpentCodes(db, now)
  const visitors = createVisitors({ ...needs, store })
  const callOf = createAccounts({ upstream, store, now })
  const rights = createRights({ store, callOf, now, log })

  const accountIn = (session: Session): SignedInAccount & { session: string } => ({
    ...session.signedIn,
    session: session.key,
    call: callOf(session),
  })
  const readerOf = async (c: Context) => accountIn(await visitors.requireSession(c))

  return {
    routes(app: Hono<AppEnv>) {
      app
        .route('/desk', sessionRoutes({ upstream, store, throttle, codes, visitors }))
        .route('/api', forwardRoutes(readerOf, needs.beginReading))
      if (needs.deskState.sandbox) app.route('/desk/sandbox', sandboxForwardRoutes(readerOf))
    },
    tidy: () =>
      Promise.all([store.removeExpired(), throttle.removeExpired(), codes.removeExpired()]),

    visitorOf: visitors.visitorOf,
    stateFor: visitors.stateFor,

    /**
     * The signed-in account, with rights that are current enough to decide by. Fails if there is
     * none.
     */
    accountOf: async (c: Context) =>
      accountIn(await rights.refreshed(await visitors.requireSession(c))),

    /**
     * The account for work that outlives its person's request; `undefined` once the session is
     * over.
     */
    async accountOfSession(key: string) {
      const session = await store.findByKey(key, { byPerson: false, idles: false })
      const current = session && (await rights.refreshed(session).catch(nothingIfOver))
      return current && accountIn(current)
    },
  }
}

function nothingIfOver(error: unknown): undefined {
  if (!(error instanceof Failed) || error.code !== 'session_expired') throw error
}
