import { and, count, eq, gt, inArray } from 'drizzle-orm'

import { chunksOf } from '#platform/db/chunks.ts'
import type { Database } from '#platform/db/database.ts'

import { transitions } from './tables.ts'

/** From this many stops within a week on, switching on is no repair. */
export const OFTEN = 3

const WEEK_MS = 7 * 24 * 3_600_000

/** The stops of webhooks that the watch saw within a week. */
export async function countStops(
  db: Database,
  ids: readonly number[],
  { now, since }: { now: Date; since?: Date },
): Promise<Map<number, number>> {
  const stops = new Map<number, number>()
  const from = new Date(Math.max(now.getTime() - WEEK_MS, since?.getTime() ?? 0))
  for (const part of chunksOf(ids)) {
    const rows = await db
      .select({ id: transitions.webhookId, times: count() })
      .from(transitions)
      .where(
        and(
          inArray(transitions.webhookId, part),
          eq(transitions.kind, 'stopped'),
          gt(transitions.seenAt, from),
        ),
      )
      .groupBy(transitions.webhookId)
    for (const { id, times } of rows) stops.set(id, times)
  }
  return stops
}
