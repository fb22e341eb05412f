import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'

import { OWN_KINDS } from '#contract/desk/history.ts'
import type { Database } from '#platform/db/database.ts'
import { WORK_LEASE_MS } from '#platform/db/lease.ts'
import { furthest, isAheadIn } from '#platform/db/spans.ts'
import { changes, intents, turns } from '#server/db/tables.ts'

export type OwnWrites = ReturnType<typeof createOwnWrites>

const OPEN_FOR_MS = 10 * 60_000

/** The writes of this desk, done or under way: the observer must not find them as somebody else's. */
export function createOwnWrites(db: Database, now: () => Date) {
  /** What is open for longer will not happen any more: it has failed, and nobody came back to it. */
  const isOpen = () =>
    and(
      eq(intents.state, 'started'),
      gt(intents.claimedUntil, new Date(now().getTime() - OPEN_FOR_MS)),
      // nor what was noted by a clock that was set back since
      lte(intents.claimedUntil, furthest(WORK_LEASE_MS, now())),
    )

  return {
    /** Of these, the ones that the history knows already. */
    async findInHistory(ids: number[]): Promise<Set<number>> {
      const found = await db
        .selectDistinct({ id: changes.webhookId })
        .from(changes)
        .where(inArray(changes.webhookId, ids))
      return new Set(found.map(({ id }) => id))
    },

    /** What creates of ours have sent, of which nobody knows yet what became of it. */
    async creating(): Promise<Readonly<Record<string, unknown>>[]> {
      const rows = await db
        .select({ sent: intents.sent })
        .from(intents)
        .where(and(isOpen(), isNotNull(intents.sent), isNull(intents.before)))
      return rows.flatMap(({ sent }) => (sent ? [sent] : []))
    },

    /** When the desk last did something to these since `at`, and whether it deleted them. */
    async last(ids: number[], at: Date): Promise<Map<number, { at: Date; isDelete: boolean }>> {
      const rows = await db
        .selectDistinctOn([changes.webhookId], {
          webhookId: changes.webhookId,
          at: changes.at,
          kind: changes.kind,
        })
        .from(changes)
        .where(isOwnOf(ids, at))
        .orderBy(changes.webhookId, desc(changes.id))
      return new Map(
        rows.map((row) => [row.webhookId, { at: row.at, isDelete: row.kind === 'delete' }]),
      )
    },

    /** What the desk itself did to these since `at`, oldest first. */
    async since(ids: number[], at: Date) {
      return db.select().from(changes).where(isOwnOf(ids, at)).orderBy(asc(changes.id))
    },

    /** Those that a change of ours is at, or of which nobody knows whether it was changed. */
    async findUnderWay(ids: number[]): Promise<Set<number>> {
      const ofIntent = sql<string>`${intents.before} ->> 'Id'`
      const isOfThese = inArray(ofIntent, ids.map(String))
      const [taken, open] = await Promise.all([
        db
          .select({ id: turns.webhookId })
          .from(turns)
          .where(
            and(inArray(turns.webhookId, ids), isAheadIn(turns.claimedUntil, WORK_LEASE_MS, now())),
          ),
        db
          .select({ id: ofIntent })
          .from(intents)
          .where(and(isOpen(), isNotNull(intents.before), isOfThese)),
      ])
      return new Set([...taken, ...open].map(({ id }) => Number(id)))
    },
  }
}

/** What the desk itself did to these since `at`. */
const isOwnOf = (ids: number[], at: Date) =>
  and(inArray(changes.webhookId, ids), gte(changes.at, at), inArray(changes.kind, OWN_KINDS))
