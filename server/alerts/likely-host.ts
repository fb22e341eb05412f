import { eq, sql } from 'drizzle-orm'

import { slipsWithin, spelling } from '#contract/words/spelling.ts'
import type { Database } from '#platform/db/database.ts'
import { watched } from '#server/watch/tables.ts'

/** A host that webhooks deliver to, and the number of those that work. */
export type UsedHost = { host: string; webhooks: number }

/** Fewer than these may have the same slip. */
const USED_BY_AT_LEAST = 2

const host = sql<string>`lower(substring(${watched.record} ->> 'URL' from '^[A-Za-z]+://(?:[^/?#@]*@)?([^/?#]+)'))`

/** Webhooks that work, by host and location. */
export const countHosts = (db: Database) =>
  db
    .select({ host, businessId: watched.businessId, webhooks: sql<number>`count(*)::int` })
    .from(watched)
    .where(eq(watched.health, 'working'))
    .groupBy(host, watched.businessId)

/** The hosts of webhooks that work, as far as somebody may see them. */
export function usedHosts(
  counted: Awaited<ReturnType<typeof countHosts>>,
  may: (businessId: number) => boolean,
): UsedHost[] {
  const all = new Map<string, number>()
  for (const { host: name, businessId, webhooks } of counted) {
    // a text that is no URL has none
    if (name && may(businessId)) all.set(name, (all.get(name) ?? 0) + webhooks)
  }
  return [...all].flatMap(([name, webhooks]) =>
    webhooks >= USED_BY_AT_LEAST ? [{ host: name, webhooks }] : [],
  )
}

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
