import { and, eq, inArray, sql } from 'drizzle-orm'

import { slipsWithin, spelling } from '#contract/words/spelling.ts'
import type { Database } from '#platform/db/database.ts'
import { watched } from '#server/watch/tables.ts'

/** A host that webhooks deliver to, and the number of those that work. */
export type UsedHost = { host: string; webhooks: number }

/** Fewer than these may have the same slip. */
const USED_BY_AT_LEAST = 2

const host = sql<string>`lower(substring(${watched.record} ->> 'URL' from '^[A-Za-z]+://(?:[^/?#@]*@)?([^/?#]+)'))`

/** The hosts of webhooks that work, as far as somebody may see them. */
export const findUsedHosts = (db: Database, reach: number[] | null): Promise<UsedHost[]> =>
  db
    .select({ host, webhooks: sql<number>`count(*)::int` })
    .from(watched)
    .where(
      and(
        eq(watched.health, 'working'),
        reach === null ? undefined : inArray(watched.businessId, reach),
      ),
    )
    .groupBy(host)
    .having(sql`count(*) >= ${USED_BY_AT_LEAST}`)

/** The host that was probably meant, if one that works differs by a slip or two. */
export function likelyHost(typed: string, used: readonly UsedHost[]): UsedHost | undefined {
  const wrong = spelling(typed.toLowerCase())
  const near = used.flatMap((each) => {
    const slips = slipsWithin(wrong, spelling(each.host))
    return slips > 0 && slips < Infinity ? [{ slips, each }] : []
  })
  const [best] = near.toSorted(
    (one, other) => one.slips - other.slips || other.each.webhooks - one.each.webhooks,
  )
  return best?.each
}
