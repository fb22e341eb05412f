import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'

import { OWN_KINDS } from '#contract/desk/history.ts'
import type { Database } from '#platform/db/database.ts'
import { WORK_LEASE_MS } from '#platform/db/lease.ts'
import { furthest, isAheadIn } from '#platform/db/spans.ts'
import { changes, intents, turns } from '#server/db/tables.ts'

export type OwnWrites = ReturnType<typeof createOwnWrites>

const OPEN_FOR_MS = 10 * 60_000

/**
 * The desk's own writes, done or under way: the observer must not take them for somebody else's.
 */
export function createOwnWrites(db: Database, now: () => Date) {
  /**
   * An intent open for longer has failed, and nobody retried it; its write will not happen any
   * more.
   */
  const isOpen = () =>
    and(
      eq(intents.state, 'started'),
      gt(intents.claimedUntil, new Date(now().getTime() - OPEN_FOR_MS)),
      // excludes intents noted by a clock that was set back since
      lte(intents.claimedUntil, furthest(WORK_LEASE_MS, now())),
    )

  return {
    /** Returns the ids that the history knows already. */
    async findInHistory(ids: number[]): Promise<Set<number>> {
      const found = await db
        .selectDistinct({ id: changes.webhookId })
        .from(changes)
        .where(inArray(changes.webhookId, ids))
      return new Set(found.map(({ id }) => id))
    },

    /** Values sent by creates whose result is not known yet. */
    async creating(): Promise<Readonly<Record<string, unknown>>[]> {
      const rows = await db
        .select({ sent: intents.sent })
        .from(intents)
        .where(and(isOpen(), isNotNull(intents.sent), isNull(intents.before)))
      return rows.flatMap(({ sent }) => (sent ? [sent] : []))
    },

    /** For each webhook, the desk's last write since `at`, and whether it was a deletion. */
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

    /** The desk's own changes of these webhooks since `at`, oldest first. */
    async since(ids: number[], at: Date) {
      return db.select().from(changes).where(isOwnOf(ids, at)).orderBy(asc(changes.id))
    },

    /** Webhooks that the desk is changing, or may have changed. */
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

/** Matches the desk's own changes of these webhooks since `at`. */
const isOwnOf = (ids: number[], at: Date) =>
  and(inArray(changes.webhookId, ids), gte(changes.at, at), inArray(changes.kind, OWN_KINDS))
