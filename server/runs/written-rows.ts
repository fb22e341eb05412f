import { and, asc, count, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import type { Entry } from '#server/changes/inverse.ts'
import { changes, intents, runItems, runs } from '#server/db/tables.ts'
import { RUN_KEY } from '#server/intents/intents.ts'

import type { RunRow } from './run-rows.ts'

/** The writes of runs, from the history and the book of intents. */
export function createWrittenRows(db: Database) {
  return {
    /** For each run, its newest undo, and the number of its changes in the history. */
    async undoing(ids: readonly number[]) {
      const inverses = await db
        .select({ undoes: runs.undoes, id: runs.id })
        .from(runs)
        .where(inArray(runs.undoes, [...ids]))
        .orderBy(asc(runs.id))
      const written = await db
        .select({ runId: changes.runId, rows: count() })
        .from(changes)
        .where(inArray(changes.runId, [...ids]))
        .groupBy(changes.runId)
      return {
        inverses: new Map(inverses.map(({ undoes, id }) => [undoes ?? 0, id])),
        written: new Map(written.map(({ runId, rows }) => [runId ?? 0, rows])),
      }
    },

    /** True if the history has a change of this webhook by this run. */
    async hasWritten(runId: number, webhookId: number): Promise<boolean> {
      const rows = await db
        .select({ id: changes.id })
        .from(changes)
        .where(and(eq(changes.runId, runId), eq(changes.webhookId, webhookId)))
        .limit(1)
      return rows.length > 0
    },

    /** The run's changes, newest first. */
    written: (runId: number) =>
      db.select().from(changes).where(eq(changes.runId, runId)).orderBy(desc(changes.id)),

    /** Changes of the run with an unknown end, as if they had happened. */
    async maybeWritten(run: Pick<RunRow, 'id' | 'by'>): Promise<Entry[]> {
      const prefix = `${run.by} ${RUN_KEY}${run.id}-`
      const open = await db
        .select({ key: intents.key, before: intents.before })
        .from(intents)
        .where(
          and(
            sql`starts_with(${intents.key}, ${prefix})`,
            eq(intents.state, 'started'),
            isNotNull(intents.before),
          ),
        )
      const byItem = new Map(
        open.map(({ key, before }) => [Number(key.slice(prefix.length)), before]),
      )
      const items = await db
        .select()
        .from(runItems)
        .where(and(eq(runItems.runId, run.id), inArray(runItems.id, [...byItem.keys()])))
      return items.flatMap(({ id, change }): Entry[] => {
        const before = byItem.get(id) ?? null
        if (change.kind === 'create') return []
        const { kind, webhookId } = change
        return [
          {
            kind,
            webhookId,
            before,
            after: kind === 'change' ? { ...before, ...change.change } : null,
          },
        ]
      })
    },
  }
}
