import type { Logger } from 'pino'

import type { Database } from '#platform/db/database.ts'

import { createBudget, type CallLimits } from './budget.ts'
import type { Limits } from './call.ts'
import { createUpstream, type Fetch } from './upstream.ts'

type NexudusNeeds = {
  db: Database
  now: () => Date
  log: Logger
  url: string
  fetch: Fetch
  limits?: Limits
  callLimits: CallLimits
}

/** The one Nexudus of this desk, and each account's call limit per minute. */
export function createNexudusRoom({ db, now, callLimits, ...needs }: NexudusNeeds) {
  const budget = createBudget(db, now, callLimits)
  return {
    tidy: () => budget.removeOld(),
    budget,
    upstream: createUpstream({ ...needs, budget }),
  }
}
