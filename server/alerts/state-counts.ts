import { sql } from 'drizzle-orm'

import type { HealthState } from '#contract/nexudus/health.ts'
import type { Database } from '#platform/db/database.ts'
import { watched } from '#server/watch/tables.ts'

export type Counted = { health: HealthState; businessId: number; count: number }

/** Webhooks at the last look, by state and location. */
export const countStates = (db: Database): Promise<Counted[]> =>
  db
    .select({
      health: watched.health,
      businessId: watched.businessId,
      count: sql<number>`count(*)::int`,
    })
    .from(watched)
    .groupBy(watched.health, watched.businessId)

/** The numbers of each state, at some of the locations. */
export function countsAt(counted: readonly Counted[], isSeen: (businessId: number) => boolean) {
  const counts: Partial<Record<HealthState, number>> = {}
  for (const { health, businessId, count } of counted) {
    if (isSeen(businessId)) counts[health] = (counts[health] ?? 0) + count
  }
  return counts
}
