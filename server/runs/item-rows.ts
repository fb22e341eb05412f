import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'

import type { ItemReason } from '#contract/desk/run-reason.ts'
import type { RunItemState } from '#contract/desk/run.ts'
import { chunksOf } from '#platform/db/chunks.ts'
import type { Database } from '#platform/db/database.ts'
import { allStorable, storable } from '#platform/db/storable.ts'
import { runItems } from '#server/db/tables.ts'

export type ItemRow = typeof runItems.$inferSelect
export type Counts = Record<RunItemState, number>

/** The dry run's finding about an item. */
export type Finding = {
  state: RunItemState
  why?: ItemReason | null
  before?: Record<string, unknown> | null
  /** The duplicate that prevents a create. */
  webhookId?: number
}

/** The items of runs, with their findings and results. */
export function createItemRows(db: Database) {
  return {
    /** For each run, the number of items in each state. */
    async counts(ids: readonly number[]): Promise<Map<number, Partial<Counts>>> {
      if (ids.length === 0) return new Map()
      const rows = await db
        .select({ runId: runItems.runId, state: runItems.state, items: count() })
        .from(runItems)
        .where(inArray(runItems.runId, [...ids]))
        .groupBy(runItems.runId, runItems.state)
      const byRun = new Map<number, Partial<Counts>>(ids.map((id) => [id, {}]))
      for (const { runId, state, items } of rows) {
        byRun.set(runId, { ...byRun.get(runId), [state]: items })
      }
      return byRun
    },

    items: (runId: number) =>
      db.select().from(runItems).where(eq(runItems.runId, runId)).orderBy(asc(runItems.id)),

    unchecked: (runId: number) =>
      db
        .select()
        .from(runItems)
        .where(and(eq(runItems.runId, runId), eq(runItems.state, 'unchecked')))
        .orderBy(asc(runItems.id)),

    /** Stores the dry run's findings about many items at once. */
    async note(findings: readonly { item: ItemRow; finding: Finding }[]) {
      for (const part of chunksOf(findings)) {
        const rows = part.map(({ item, finding }) => ({
          ...item,
          state: finding.state,
          why: storable(finding.why ?? null),
          before: finding.before ? allStorable(finding.before) : null,
          webhookId: finding.webhookId ?? item.webhookId,
        }))
        await db
          .insert(runItems)
          .values(rows)
          .onConflictDoUpdate({
            target: runItems.id,
            set: {
              state: sql`excluded.state`,
              why: sql`excluded.why`,
              before: sql`excluded.before`,
              webhookId: sql`excluded.webhook_id`,
            },
          })
      }
    },

    /** Stores the result of an item; does nothing if another process has settled it meanwhile. */
    async setItem(id: number, values: Partial<Omit<ItemRow, 'id' | 'runId' | 'change'>>) {
      const { why, before } = values
      await db
        .update(runItems)
        .set({
          ...values,
          ...(why && { why: storable(why) }),
          ...(before && { before: allStorable(before) }),
        })
        .where(and(eq(runItems.id, id), eq(runItems.state, 'ready')))
    },

    /**
     * The next item to do. An item that another process works on comes when it is due, after the
     * others.
     */
    async next(runId: number): Promise<ItemRow | undefined> {
      const [row] = await db
        .select()
        .from(runItems)
        .where(and(eq(runItems.runId, runId), eq(runItems.state, 'ready')))
        .orderBy(sql`${runItems.notBefore} nulls first`, asc(runItems.id))
        .limit(1)
      return row
    },

    async leaveOut(runId: number, items: readonly number[]) {
      if (items.length === 0) return
      await db
        .update(runItems)
        .set({ state: 'left-out', reason: null, why: null })
        .where(
          and(
            eq(runItems.runId, runId),
            eq(runItems.state, 'ready'),
            inArray(runItems.id, [...items]),
          ),
        )
    },

    /**
     * Makes failed items ready again. Their keys stay, so a change that did happen is found and not
     * repeated.
     */
    async retry(runId: number): Promise<number> {
      const rows = await db
        .update(runItems)
        .set({
          state: 'ready',
          reason: null,
          why: null,
          isUnsure: false,
          tries: 0,
          notBefore: null,
        })
        .where(and(eq(runItems.runId, runId), eq(runItems.state, 'failed')))
        .returning({ id: runItems.id })
      return rows.length
    },
  }
}
