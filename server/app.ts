import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import type { Logger } from 'pino'

import type { DeskState } from '#contract/desk.ts'
import { changeRoutes } from '#server/changes/change-routes.ts'
import { createChanges, type Person } from '#server/changes/changes.ts'
import { createIntents } from '#server/changes/intents.ts'
import type { Database } from '#server/db/database.ts'
import { Failed, onError } from '#server/http/failure.ts'
import { allowedHosts, sameOriginOnly } from '#server/http/guard.ts'
import { requestLog, type AppEnv } from '#server/http/request-log.ts'
import { securityHeaders } from '#server/http/security-headers.ts'
import type { Limits } from '#server/nexudus/call.ts'
import { createUpstream, type Fetch } from '#server/nexudus/upstream.ts'
import { createCaller } from '#server/session/caller.ts'
import { forwardRoutes } from '#server/session/forward-routes.ts'
import { createSeal } from '#server/session/seal.ts'
import { createSessionRoom } from '#server/session/session-routes.ts'
import { createSessionStore, type Lifetimes } from '#server/session/session-store.ts'
import { createSignInThrottle } from '#server/session/sign-in-throttle.ts'

import type { PageRoutes } from './pages/page-routes.ts'

export type AppOptions = {
  db: Database
  log: Logger
  secrets: [string, ...string[]]
  /** The origins people use. The first is the one cookies and links are for. */
  origins: string[]
  upstream: { url: string; fetch: Fetch; limits?: Limits }
  lifetimes: Lifetimes
  sourceOf: (c: Context) => string
  deskState: Omit<DeskState, 'session'>
  /** The built page and its assets; absent where only the data is served. */
  pages?: PageRoutes
  now?: () => Date
}

/** Of a request; a webhook is a few hundred bytes. */
const MAX_BODY_BYTES = 64 * 1024

function nothingHere(): never {
  throw new Failed('not_found', 'There is nothing under this address.')
}

/** Mounts the rooms. The only place where two of them meet. */
export function createApp(options: AppOptions) {
  const { db, log, origins, now = () => new Date() } = options
  const upstream = createUpstream({ ...options.upstream, log })
  const seal = createSeal(options.secrets)
  const store = createSessionStore({ db, seal, lifetimes: options.lifetimes, now })
  const throttle = createSignInThrottle(db, now)
  const intents = createIntents(db, now)
  const callAsPerson = createCaller({ upstream, store, now })
  const { sourceOf, deskState } = options
  const session = createSessionRoom({ upstream, store, throttle, sourceOf, deskState })

  const personOf = async (c: Context): Promise<Person> => {
    const own = await session.requireSession(c)
    return { email: own.signedIn.email, call: (request) => callAsPerson(own, request) }
  }

  const isReady = { yes: true }
  const app = new Hono<AppEnv>()
    .use(requestLog(log))
    .use(securityHeaders({ overTls: origins.every((origin) => origin.startsWith('https:')) }))
    .onError(onError)
    // asked by machines, under whatever name they have for this one
    .get('/healthz', (c) => c.json({ ok: true }))
    .get('/readyz', (c) => c.json({ ready: isReady.yes }, isReady.yes ? 200 : 503))
    .use(allowedHosts(origins))

  for (const data of ['/desk/*', '/api/*']) {
    app.use(data, sameOriginOnly(origins), bodyLimit({ maxSize: MAX_BODY_BYTES }), compress())
  }
  const changes = createChanges(intents)
  app
    .route('/desk', session.routes)
    .route('/desk/webhooks', changeRoutes({ changes, personOf, targets: deskState }))
    .route('/api', forwardRoutes(callAsPerson, session.requireSession))
    .all('/desk/*', nothingHere)
    .all('/api/*', nothingHere)
  if (options.pages) app.route('/', options.pages(session.stateFor))
  app.notFound(nothingHere)

  return {
    app,
    /** Housekeeping, once at the start and then now and again. */
    async tidy() {
      await Promise.all([store.removeExpired(), throttle.removeExpired(), intents.removeOld()])
    },
    releaseIntents: () => intents.releaseAll(),
    /** From here on `/readyz` tells load balancers to send nobody. */
    leave() {
      isReady.yes = false
    },
  }
}
