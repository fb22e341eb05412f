import { and, asc, eq, gt, gte, inArray, isNotNull, lt, ne, notExists, sql } from 'drizzle-orm'

import { storable } from '#server/changes/storable.ts'
import { changes, intents, seen, turns } from '#server/changes/tables.ts'
import type { Database } from '#server/db/database.ts'

import { sightingIn, type Gap, type Reading, type Sighting } from './sighting.ts'

export type SeenRow = typeof seen.$inferSelect

/** Every webhook as it was last read, shared by all processes. */
export function createSeenStore(db: Database, now: () => Date) {
  return {
    async find(ids: number[]): Promise<Map<number, SeenRow>> {
      const rows = await db.select().from(seen).where(inArray(seen.webhookId, ids))
      return new Map(rows.map((row) => [row.webhookId, row]))
    },

    /** Those that were never seen before. */
    async add(readings: Reading[]) {
      if (readings.length === 0) return
      const rows = readings.map((reading) => ({
        ...{ webhookId: reading.id, at: reading.startedAt, record: sightingIn(reading) },
      }))
      await db.insert(seen).values(rows).onConflictDoNothing()
    },

    /**
     * Notes that these look as before, and answers of which that is all there is to say: where we
     * changed something since, a list may not tell it.
     */
    async touch(ids: number[], at: Date): Promise<Set<number>> {
      if (ids.length === 0) return new Set()
      const changedSince = db
        .select({ id: changes.id })
        .from(changes)
        .where(
          and(
            eq(changes.webhookId, seen.webhookId),
            gte(changes.at, seen.at),
            ne(changes.kind, 'outside'),
          ),
        )
      const touched = await db
        .update(seen)
        .set({ at })
        .where(and(inArray(seen.webhookId, ids), lt(seen.at, at), notExists(changedSince)))
        .returning({ id: seen.webhookId })
      return new Set(touched.map(({ id }) => id))
    },

    /**
     * Writes what is known by now and what happened elsewhere, both or neither. Of two that
     * compared with the same row, one writes.
     */
    async settle(row: SeenRow, at: Date, known: Sighting, gaps: Gap[]) {
      await db.transaction(async (tx) => {
        const written = await tx
          .update(seen)
          .set({ record: known, at })
          .where(
            and(eq(seen.webhookId, row.webhookId), eq(seen.record, row.record), lt(seen.at, at)),
          )
          .returning({ id: seen.webhookId })
        if (written.length === 1 && gaps.length > 0) {
          await tx.insert(changes).values(gaps.map((gap) => outside(row.webhookId, gap)))
        }
      })
    },

    /** What the desk itself did to these since `at`, oldest first. */
    async ownChanges(ids: number[], at: Date) {
      return db
        .select()
        .from(changes)
        .where(
          and(inArray(changes.webhookId, ids), gte(changes.at, at), ne(changes.kind, 'outside')),
        )
        .orderBy(asc(changes.id))
    },

    /** Those that a change of ours is at, or of which nobody knows whether it was changed. */
    async findUnderWay(ids: number[]): Promise<Set<number>> {
      const ofIntent = sql<string>`${intents.before} ->> 'Id'`
      const isOfThese = inArray(ofIntent, ids.map(String))
      const [taken, open] = await Promise.all([
        db
          .select({ id: turns.webhookId })
          .from(turns)
          .where(and(inArray(turns.webhookId, ids), gt(turns.claimedUntil, now()))),
        db
          .select({ id: ofIntent })
          .from(intents)
          .where(and(eq(intents.state, 'started'), isNotNull(intents.before), isOfThese)),
      ])
      return new Set([...taken, ...open].map(({ id }) => Number(id)))
    },
  }
}

function outside(webhookId: number, { before, after, since, at }: Gap) {
  const { UpdatedBy, BusinessId } = after
  return {
    ...{ kind: 'outside' as const, webhookId, since, at, intent: '' },
    ...{ before: allStorable(before), after: allStorable(after) },
    by: typeof UpdatedBy === 'string' ? UpdatedBy : '',
    businessId: Number(BusinessId ?? before.BusinessId),
  }
}

function allStorable(version: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const pairs = Object.entries(version).map(([name, value]) => [name, storable(value)])
  return Object.fromEntries(pairs)
}
