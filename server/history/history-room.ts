import type { Context, Hono } from 'hono'
import type { Logger } from 'pino'

import type { Database } from '#platform/db/database.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import type { Changes } from '#server/changes/changes.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import { createFacts, type ListSilences } from './facts.ts'
import { historyRoutes } from './history-routes.ts'
import { createHistory } from './history.ts'
import { createMemory } from './memory.ts'
import { createObserver } from './observe.ts'
import { createOwnWrites } from './own-writes.ts'

type HistoryNeeds = {
  db: Database
  now: () => Date
  log: Logger
  changes: Changes
  /** Returns the signed-in account; fails if there is none. */
  accountOf: (c: Context) => Promise<SignedInAccount>
  /** The evidence of webhooks that the watch found quiet. */
  listSilences: ListSilences
}

/** The history of changes, here and elsewhere, and how to revert them. */
export function createHistoryRoom(needs: HistoryNeeds) {
  const { db, now, log, changes, accountOf } = needs
  const history = createHistory(db)
  const facts = createFacts(db, now, needs.listSilences)
  const memory = createMemory(history, facts)
  const ownWrites = createOwnWrites(db, now)
  const observer = createObserver({ db, now, log })
  return {
    routes: (app: Hono<AppEnv>) =>
      app.route('/desk', historyRoutes({ history, facts, memory, changes, accountOf, now })),
    tidy: () => observer.tidy(),
    memory,
    /** Webhooks that the desk is writing: a reading of them proves nothing yet. */
    findUnderWay: (ids: number[]) => ownWrites.findUnderWay(ids),
    /** The facts of every webhook that has any, for the watch. */
    listFacts: () => facts.list(null),
    beginReading: observer.beginReading,
  }
}
