import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import type { Logger } from 'pino'

import type { DeskState } from '#contract/desk/desk.ts'
import { answers } from '#platform/db/answers.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed, onError } from '#platform/http/failure.ts'
import { fairShare } from '#platform/http/fair-share.ts'
import { allowedHosts, sameOriginOnly } from '#platform/http/guard.ts'
import { requestLog, type AppEnv } from '#platform/http/request-log.ts'
import { securityHeaders } from '#platform/http/security-headers.ts'
import type { Outbound } from '#platform/outbound/send.ts'
import type { Queue } from '#platform/queue/queue.ts'
import { changeRoutes } from '#server/changes/change-routes.ts'
import { createChanges } from '#server/changes/changes.ts'
import { createIntents } from '#server/changes/intents.ts'
import { createTurns } from '#server/changes/turns.ts'
import { createFacts } from '#server/history/facts.ts'
import { historyRoutes } from '#server/history/history-routes.ts'
import { createHistory } from '#server/history/history.ts'
import { createMemory } from '#server/history/memory.ts'
import { createObserver } from '#server/history/observe.ts'
import type { Viewer } from '#server/history/reach.ts'
import { CALL_LIMITS, createBudget, type CallLimits } from '#server/nexudus/budget.ts'
import type { Limits } from '#server/nexudus/call.ts'
import { createUpstream, type Fetch } from '#server/nexudus/upstream.ts'
import { createProbeLimits } from '#server/probes/probe-limits.ts'
import { probeRoutes, type Prober } from '#server/probes/probe-routes.ts'
import type { Maker } from '#server/runs/dry-run.ts'
import { itemsPerMinute } from '#server/runs/perform.ts'
import { runRoutes } from '#server/runs/run-routes.ts'
import { createRunStore } from '#server/runs/run-store.ts'
import { createRunWorker } from '#server/runs/run-worker.ts'
import { createCaller } from '#server/session/caller.ts'
import { forwardRoutes } from '#server/session/forward-routes.ts'
import { createRights } from '#server/session/rights.ts'
import { sandboxForwardRoutes } from '#server/session/sandbox-forward-routes.ts'
import { createSeal } from '#server/session/seal.ts'
import { createSessionRoom } from '#server/session/session-routes.ts'
import { createSessionStore, type Lifetimes, type Session } from '#server/session/session-store.ts'
import { createSignInThrottle } from '#server/session/sign-in-throttle.ts'
import { createSpentCodes } from '#server/session/spent-codes.ts'

import type { PageRoutes } from './pages/page-routes.ts'

export type AppOptions = {
  db: Database
  queue: Queue
  log: Logger
  secrets: [string, ...string[]]
  /** The origins people use. The first is the one cookies and links are for. */
  origins: readonly [string, ...string[]]
  upstream: { url: string; fetch: Fetch; limits?: Limits }
  /** What an account may ask of Nexudus in a minute. */
  callLimits?: CallLimits
  lifetimes: Lifetimes
  sourceOf: (c: Context) => string
  deskState: Omit<DeskState, 'session'>
  /** Calls an address that a person gave us. */
  send: Outbound
  /** The built page and its assets; absent where only the data is served. */
  pages?: PageRoutes
  now?: () => Date
}

/** Of a request; a webhook is a few hundred bytes. */
const MAX_BODY_BYTES = 64 * 1024

/** Of the proposal of a run, which may be about thousands of them. */
const MAX_RUN_BYTES = 4 * 1024 * 1024
const RUNS = '/desk/runs'

function nobodyIfOver(error: unknown): undefined {
  if (!(error instanceof Failed) || error.code !== 'session_expired') throw error
}

function nothingHere(): never {
  throw new Failed('not_found', 'There is nothing at this address.')
}

/** Mounts the rooms. The only place where two of them meet. */
export function createApp(options: AppOptions) {
  const { db, log, origins, now = () => new Date() } = options
  const callLimits = options.callLimits ?? CALL_LIMITS
  const budget = createBudget(db, now, callLimits)
  const upstream = createUpstream({ ...options.upstream, log, budget })
  const seal = createSeal(options.secrets)
  const runs = createRunStore(db, now)
  const store = createSessionStore({
    ...{ db, seal, lifetimes: options.lifetimes, now },
    sessionsAtWork: runs.sessionsAtWork,
  })
  const throttle = createSignInThrottle(db, now)
  const codes = createSpentCodes(db, now)
  const intents = createIntents(db, now)
  const turns = createTurns(db, now)
  const callAsPerson = createCaller({ upstream, store, now })
  const rights = createRights({ store, callAsPerson, now, log })
  const { sourceOf, deskState } = options
  const [origin] = origins
  const session = createSessionRoom({
    ...{ origin, upstream, store, throttle, codes, sourceOf, deskState },
  })

  const probeLimits = createProbeLimits(db, now)

  const asMaker = (own: Session): Maker & Prober & Viewer & { session: string } => ({
    ...own.signedIn,
    session: own.idHash,
    call: (request) => callAsPerson(own, request),
  })
  // what decides by rights decides by those of now
  const makerOf = async (c: Context) =>
    asMaker(await rights.refreshed(await session.requireSession(c)))

  const isReady = { yes: true }
  const limit = bodyLimit({ maxSize: MAX_BODY_BYTES })
  const runLimit = bodyLimit({ maxSize: MAX_RUN_BYTES })
  const app = new Hono<AppEnv>()
    .use(requestLog(log))
    .use(securityHeaders({ overTls: origins.every((origin) => origin.startsWith('https:')) }))
    .onError(onError)
    // asked by machines, under whatever name they have for this one
    .get('/healthz', (c) => c.json({ ok: true }))
    .get('/readyz', async (c) => {
      const ready = isReady.yes && (await answers(db))
      return c.json({ ready }, ready ? 200 : 503)
    })
    .use(allowedHosts(origins))

  // one for both: it counts what a visitor asks of the desk, wherever
  const fairly = fairShare(session.visitorOf)
  for (const data of ['/desk/*', '/api/*']) {
    app.use(data, sameOriginOnly(origins), fairly, compress())
    app.use(data, (c, next) => (c.req.path === RUNS ? runLimit : limit)(c, next))
  }
  const changes = createChanges(intents, turns)
  const runWorker = createRunWorker({
    ...{ store: runs, queue: options.queue, changes, budget, targets: deskState, log, now },
    makerOf: async (idHash) => {
      const own = await store.findByHash(idHash, { byPerson: false, idles: false })
      const current = own && (await rights.refreshed(own).catch(nobodyIfOver))
      return current && asMaker(current)
    },
  })
  const history = createHistory(db)
  const facts = createFacts(db, now)
  const observer = createObserver({ db, now, log })
  app
    .route('/desk', session.routes)
    .route(
      '/desk/webhooks',
      changeRoutes({
        ...{ changes, personOf: makerOf, targets: deskState },
        memory: createMemory(history, facts),
      }),
    )
    .route('/desk', historyRoutes({ history, facts, changes, viewerOf: makerOf, now }))
    .route(
      RUNS,
      runRoutes({
        ...{ store: runs, worker: runWorker, makerOf, now },
        perMinute: itemsPerMinute(callLimits),
      }),
    )
    .route(
      '/desk/probes',
      probeRoutes({ send: options.send, limits: probeLimits, proberOf: makerOf, now }),
    )
    .route('/api', forwardRoutes(callAsPerson, session.requireSession, observer.beginReading))
  if (deskState.sandbox) {
    app.route('/desk/sandbox', sandboxForwardRoutes(callAsPerson, session.requireSession))
  }
  app.all('/desk/*', nothingHere).all('/api/*', nothingHere)
  if (options.pages) app.route('/', options.pages(session.stateFor))
  app.notFound(nothingHere)

  return {
    app,
    /** Housekeeping, once at the start and then now and again. */
    async tidy() {
      await Promise.all([
        store.removeExpired(),
        throttle.removeExpired(),
        codes.removeExpired(),
        intents.removeOld(),
        observer.tidy(),
      ])
      await Promise.all([probeLimits.removeOld(), budget.removeOld()])
    },
    /** For the only process there is, at its start: claims of others are of dead ones. */
    async releaseClaims() {
      await Promise.all([intents.releaseAll(), turns.releaseAll(), runs.releaseAll()])
    },
    /** Works off what runs there are, until `stop`. */
    work: () => runWorker.start(),
    stop: () => runWorker.stop(),
    /** From here on `/readyz` tells load balancers to send nobody. */
    leave() {
      isReady.yes = false
    },
  }
}
