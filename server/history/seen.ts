import { and, between, eq, gt, gte, inArray, lt, min, notExists } from 'drizzle-orm'

import { OWN_KINDS } from '#contract/desk/history.ts'
import type { Database } from '#platform/db/database.ts'
import { allStorable } from '#platform/db/storable.ts'
import { changes, seen } from '#server/db/tables.ts'

import { sightingIn, told, type Gap, type Reading, type Sighting } from './sighting.ts'

export type SeenRow = typeof seen.$inferSelect

/** Ids from one to another, both included. */
export type Span = { from: number; to: number }

/** A webhook created elsewhere, and its creation time according to Nexudus. */
export type Appeared = { reading: Reading; createdAt: Date }

export type SeenStore = ReturnType<typeof createSeenStore>

const HOUR_MS = 60 * 60_000

/** Every webhook as it was last read, shared by all processes. */
export function createSeenStore(db: Database, now: () => Date) {
  return {
    async find(ids: number[]): Promise<Map<number, SeenRow>> {
      const rows = await db.select().from(seen).where(inArray(seen.webhookId, ids))
      return new Map(rows.map((row) => [row.webhookId, row]))
    },

    /** The time of the first reading; `undefined` before it. */
    async watchingSince(): Promise<Date | undefined> {
      const [row] = await db.select({ at: min(seen.firstAt) }).from(seen)
      return row?.at ?? undefined
    },

    /**
     * Adds webhooks that were never seen before, and history entries for those created elsewhere.
     */
    async add(readings: Reading[], appeared: Appeared[]) {
      if (readings.length === 0) return
      const rows = readings.map((reading) => {
        const { id: webhookId, startedAt: at } = reading
        return { webhookId, at, firstAt: at, record: sightingIn(reading) }
      })
      await db.transaction(async (tx) => {
        const added = await tx
          .insert(seen)
          .values(rows)
          .onConflictDoNothing()
          .returning({ id: seen.webhookId })
        const ids = new Set(added.map(({ id }) => id))
        const entries = appeared.filter(({ reading }) => ids.has(reading.id)).map(created)
        if (entries.length > 0) await tx.insert(changes).values(entries)
      })

      function created({ reading, createdAt }: Appeared) {
        const after = allStorable(told(reading))
        const entry = { kind: 'outside-create' as const, webhookId: reading.id, intent: '' }
        return { ...entry, ...nexudusTells(after), since: createdAt, at: now(), after }
      }
    },

    /** Webhooks of this span that were last seen before `at`. */
    findBetween: ({ from, to }: Span, at: Date): Promise<SeenRow[]> =>
      db
        .select()
        .from(seen)
        .where(and(between(seen.webhookId, from, to), lt(seen.at, at))),

    /** Corrects readings noted by a clock that was ahead: they must not hide new ones. */
    async pullBack() {
      const [hourAgo, inAnHour] = [-HOUR_MS, HOUR_MS].map((ms) => new Date(now().getTime() + ms))
      if (hourAgo && inAnHour)
        await db.update(seen).set({ at: hourAgo }).where(gt(seen.at, inAnHour))
    },

    /** Forgets webhooks that the desk deleted, which the history knows already. */
    async forgetOurs(ids: number[]) {
      if (ids.length > 0) await db.delete(seen).where(inArray(seen.webhookId, ids))
    },

    /**
     * Notes that somebody deleted it since `lastThere`, and forgets it, unless it was seen
     * meanwhile.
     */
    async forget(row: SeenRow, lastThere: Date) {
      await db.transaction(async (tx) => {
        const forgotten = await tx
          .delete(seen)
          .where(and(eq(seen.webhookId, row.webhookId), eq(seen.at, row.at)))
          .returning({ id: seen.webhookId })
        if (forgotten.length === 0) return
        const { webhookId, record } = row
        const { wholeAt: _ours, ...before } = record
        const entry = { kind: 'outside-delete' as const, webhookId, intent: '', by: '' }
        const businessId = Number(before.BusinessId)
        const version = { Id: webhookId, ...before }
        const times = { since: lastThere, at: now() }
        await tx.insert(changes).values({ ...entry, businessId, before: version, ...times })
      })
    },

    /**
     * Notes that these webhooks look as before. Returns those that need no further look: after a
     * change by the desk, a list may not tell everything.
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
            inArray(changes.kind, OWN_KINDS),
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
     * Writes the new record and the changes made elsewhere, both or neither. Of two processes that
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
  }
}

function outside(webhookId: number, { before, after, since, at }: Gap) {
  return {
    kind: 'outside' as const,
    webhookId,
    since,
    at,
    intent: '',
    before: allStorable(before),
    after: allStorable(after),
    ...nexudusTells({ BusinessId: before.BusinessId, ...after }),
  }
}

/** The last to save it and its location, according to Nexudus. */
function nexudusTells({ UpdatedBy, BusinessId }: Readonly<Record<string, unknown>>) {
  return { by: typeof UpdatedBy === 'string' ? UpdatedBy : '', businessId: Number(BusinessId) }
}
