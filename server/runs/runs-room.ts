import type { Context, Hono } from 'hono'
import type { Logger } from 'pino'

import type { TargetPolicy } from '#contract/address/address-findings.ts'
import type { Database } from '#platform/db/database.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import type { Queue } from '#platform/queue/queue.ts'
import type { Changes } from '#server/changes/changes.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import type { Budget, CallLimits } from '#server/nexudus/budget.ts'

import { itemsPerMinute } from './perform.ts'
import { runRoutes } from './run-routes.ts'
import { createRunStore } from './run-store.ts'
import { createRunWorker } from './run-worker.ts'

type RunsNeeds = {
  db: Database
  now: () => Date
  log: Logger
  queue: Queue
  changes: Changes
  budget: Budget
  callLimits: CallLimits
  targets: TargetPolicy
  /** Returns the signed-in account, and the session that its runs use; fails if there is none. */
  accountOf: (c: Context) => Promise<SignedInAccount & { session: string }>
  /** The account of a session; `undefined` if it has ended. */
  accountOfSession: (session: string) => Promise<SignedInAccount | undefined>
}

/** Runs, which make many changes: proposed, looked at, worked off, undone. */
export function createRunsRoom({ db, callLimits, accountOf, ...needs }: RunsNeeds) {
  const { now } = needs
  const store = createRunStore(db, now)
  const worker = createRunWorker({ ...needs, store })
  const perMinute = itemsPerMinute(callLimits)
  return {
    routes: (app: Hono<AppEnv>) =>
      app.route(RUNS, runRoutes({ store, worker, accountOf, perMinute, now })),
    start: () => worker.start(),
    stop: () => worker.stop(),
    releaseClaims: () => store.releaseAll(),
    sessionsAtWork: store.sessionsAtWork,
  }
}

export const RUNS = '/desk/runs'
