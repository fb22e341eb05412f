import type { Hono } from 'hono'

import type { Database } from '#platform/db/database.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { createIntents } from '#server/intents/intents.ts'
import { createTurns } from '#server/intents/turns.ts'

import { changeRoutes, type ChangeRoutesOptions } from './change-routes.ts'
import { createChanges } from './changes.ts'

type ChangesNeeds = Omit<ChangeRoutesOptions, 'changes'> & { db: Database; now: () => Date }

/** The only way to write to Nexudus. */
export function createChangesRoom({ db, now, ...needs }: ChangesNeeds) {
  const intents = createIntents(db, now)
  const turns = createTurns(db, now)
  const changes = createChanges(intents, turns)
  return {
    routes: (app: Hono<AppEnv>) => app.route('/desk/webhooks', changeRoutes({ ...needs, changes })),
    tidy: () => intents.removeOld(),
    releaseClaims: () => Promise.all([intents.releaseAll(), turns.releaseAll()]),
    changes,
  }
}
