import type { Hono } from 'hono'

import type { Database } from '#platform/db/database.ts'
import type { AppEnv } from '#platform/http/request-log.ts'

import { createProbeLimits } from './probe-limits.ts'
import { probeRoutes, type ProbeRoutesOptions } from './probe-routes.ts'

type ProbesNeeds = Omit<ProbeRoutesOptions, 'limits'> & { db: Database }

/** Checks if receivers answer, within limits. */
export function createProbesRoom({ db, ...needs }: ProbesNeeds) {
  const limits = createProbeLimits(db, needs.now)
  return {
    routes: (app: Hono<AppEnv>) => app.route('/desk/probes', probeRoutes({ ...needs, limits })),
    tidy: () => limits.removeOld(),
  }
}
