import { randomUUID } from 'node:crypto'
import { and, asc, count, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'

import { RUN_STATES_UNDER_WAY, isRunOver, type RunStep } from '#contract/desk/run-steps.ts'
import type { RunChange, RunItemState, RunWait } from '#contract/desk/run.ts'
import type { Database } from '#platform/db/database.ts'
import { WORK_LEASE_MS, leaseIn } from '#platform/db/lease.ts'
import { allStorable, storableText } from '#platform/db/storable.ts'
import { RUN_KEY } from '#server/changes/intents.ts'
import type { Entry } from '#server/changes/inverse.ts'
import { changes, intents, runItems, runs } from '#server/changes/tables.ts'

const BATCH = 500

export type RunRow = typeof runs.$inferSelect
export type ItemRow = typeof runItems.$inferSelect
export type Counts = Record<RunItemState, number>

type NewRun = {
  key: string
  by: string
  session: string
  title: string
  changes: readonly RunChange[]
  undoes?: number
}

/** What the dry run found of an item. */
export type Finding = {
  state: RunItemState
  reason?: string | null
  before?: Record<string, unknown> | null
  /** Of what stands in the way of a create. */
  webhookId?: number
}

type Saying = { wait?: RunWait | null; current?: string }

export type RunStore = ReturnType<typeof createRunStore>

/** Runs and their items, as rows: whoever reads them after a crash knows where it stood. */
export function createRunStore(db: Database, now: () => Date) {
  const lease = leaseIn({ claim: runs.claim, until: runs.claimedUntil }, WORK_LEASE_MS, now)
  const isMine = (id: number, claim: string) => and(eq(runs.id, id), lease.isHeldBy(claim))

  async function find(id: number): Promise<RunRow | undefined> {
    const [row] = await db.select().from(runs).where(eq(runs.id, id))
    return row
  }

  return {
    /** Keeps a proposal; sent again under its key, it is the run that is there already. */
    async propose({ changes: wanted, ...run }: NewRun): Promise<number> {
      return db.transaction(async (tx) => {
        const [made] = await tx
          .insert(runs)
          .values({ ...run, state: 'checking', createdAt: now() })
          .onConflictDoNothing()
          .returning({ id: runs.id })
        if (!made) {
          const [earlier] = await tx.select().from(runs).where(eq(runs.key, run.key))
          if (!earlier) throw new Error('The run was not stored')
          return earlier.id
        }
        for (let start = 0; start < wanted.length; start += BATCH) {
          const rows = wanted.slice(start, start + BATCH).map((change) => ({
            ...{ runId: made.id, change, state: 'unchecked' as const },
            webhookId: change.kind === 'create' ? null : change.webhookId,
          }))
          await tx.insert(runItems).values(rows)
        }
        return made.id
      })
    },

    find,

    list: (by: string, limit: number) =>
      db.select().from(runs).where(eq(runs.by, by)).orderBy(desc(runs.id)).limit(limit),

    /** Of each run, how many items are in which state. */
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

    /** Of each run, its newest inverse, and how many changes the history has of it. */
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

    items: (runId: number) =>
      db.select().from(runItems).where(eq(runItems.runId, runId)).orderBy(asc(runItems.id)),

    unchecked: (runId: number) =>
      db
        .select()
        .from(runItems)
        .where(and(eq(runItems.runId, runId), eq(runItems.state, 'unchecked')))
        .orderBy(asc(runItems.id)),

    /** What the dry run found, of many items at once. */
    async note(findings: readonly { item: ItemRow; finding: Finding }[]) {
      for (let start = 0; start < findings.length; start += BATCH) {
        const rows = findings.slice(start, start + BATCH).map(({ item, finding }) => ({
          ...item,
          state: finding.state,
          reason: finding.reason ? storableText(finding.reason) : null,
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
              reason: sql`excluded.reason`,
              before: sql`excluded.before`,
              webhookId: sql`excluded.webhook_id`,
            },
          })
      }
    },

    /** What became of an item; nothing, if another process has settled it meanwhile. */
    async setItem(id: number, values: Partial<Omit<ItemRow, 'id' | 'runId' | 'change'>>) {
      const { reason, before } = values
      await db
        .update(runItems)
        .set({
          ...values,
          ...(reason != null && { reason: storableText(reason) }),
          ...(before && { before: allStorable(before) }),
        })
        .where(and(eq(runItems.id, id), eq(runItems.state, 'ready')))
    },

    /** The next item to do. What somebody else is at comes when it is due, after the others. */
    async next(runId: number): Promise<ItemRow | undefined> {
      const [row] = await db
        .select()
        .from(runItems)
        .where(and(eq(runItems.runId, runId), eq(runItems.state, 'ready')))
        .orderBy(sql`${runItems.notBefore} nulls first`, asc(runItems.id))
        .limit(1)
      return row
    },

    /** Whether the history has a change of this webhook by this run. */
    async hasWritten(runId: number, webhookId: number): Promise<boolean> {
      const rows = await db
        .select({ id: changes.id })
        .from(changes)
        .where(and(eq(changes.runId, runId), eq(changes.webhookId, webhookId)))
        .limit(1)
      return rows.length > 0
    },

    /** What the run changed, the last first. */
    written: (runId: number) =>
      db.select().from(changes).where(eq(changes.runId, runId)).orderBy(desc(changes.id)),

    /** What the run may have changed, of which nobody saw the end: as if it had happened. */
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

    /** Moves a run on, and tells whether it is where the step leads, also if it was there before. */
    async step(id: number, { from, to }: RunStep, session?: string): Promise<boolean> {
      const moved = await db
        .update(runs)
        .set({
          state: to,
          ...(session !== undefined && { session }),
          ...(to === 'running' && { startedAt: sql`coalesce(${runs.startedAt}, ${now()})` }),
          ...{
            finishedAt: isRunOver({ state: to }) ? now() : null,
            waitFor: null,
            waitUntil: null,
            current: null,
          },
        })
        .where(and(eq(runs.id, id), inArray(runs.state, [...from])))
        .returning({ id: runs.id })
      return moved.length === 1 || (await find(id))?.state === to
    },

    /** Goes on with the tokens of another session of the same person. */
    async adopt(id: number, session: string) {
      await db
        .update(runs)
        .set({ session, waitFor: null, waitUntil: null })
        .where(and(eq(runs.id, id), inArray(runs.state, [...RUN_STATES_UNDER_WAY])))
    },

    async leaveOut(runId: number, items: readonly number[]) {
      if (items.length === 0) return
      await db
        .update(runItems)
        .set({ state: 'left-out', reason: null })
        .where(
          and(
            eq(runItems.runId, runId),
            eq(runItems.state, 'ready'),
            inArray(runItems.id, [...items]),
          ),
        )
    },

    /** Makes what failed ready again. Its keys stay, so what did happen is found and not repeated. */
    async retry(runId: number): Promise<number> {
      const rows = await db
        .update(runItems)
        .set({ state: 'ready', reason: null, isUnsure: false, tries: 0, notBefore: null })
        .where(and(eq(runItems.runId, runId), eq(runItems.state, 'failed')))
        .returning({ id: runItems.id })
      return rows.length
    },

    /** Runs that have something to do, whoever is at them. */
    open: () =>
      db
        .select({ id: runs.id, claimedUntil: runs.claimedUntil })
        .from(runs)
        .where(inArray(runs.state, [...RUN_STATES_UNDER_WAY])),

    /** The sessions that runs work with, by the hash of their id. */
    async sessionsAtWork(): Promise<string[]> {
      const rows = await db
        .selectDistinct({ session: runs.session })
        .from(runs)
        .where(inArray(runs.state, [...RUN_STATES_UNDER_WAY]))
      return rows.map(({ session }) => session)
    },

    /** Takes a run to work on; nothing if another does, or there is nothing to do. */
    async claim(id: number): Promise<string | undefined> {
      const claim = randomUUID()
      const taken = await db
        .update(runs)
        .set({ claim, claimedUntil: lease.end() })
        .where(and(eq(runs.id, id), inArray(runs.state, [...RUN_STATES_UNDER_WAY]), lease.isFree()))
        .returning({ id: runs.id })
      return taken.length === 1 ? claim : undefined
    },

    /** The run as it is now, and the claim renewed; nothing if another has it. */
    async renew(id: number, claim: string): Promise<RunRow | undefined> {
      const [row] = await db
        .update(runs)
        .set({ claimedUntil: lease.end() })
        .where(isMine(id, claim))
        .returning()
      return row
    },

    async release(id: number, claim: string) {
      await db.update(runs).set({ claim: null, claimedUntil: null }).where(isMine(id, claim))
    },

    /** For the only process there is, at its start: claims of others are of dead ones. */
    async releaseAll() {
      await db.update(runs).set({ claim: null, claimedUntil: null })
    },

    /** Says what the run is at, or what it waits for; unless it goes on with another session. */
    async say({ id, session }: RunRow, { wait, current }: Saying) {
      await db
        .update(runs)
        .set({
          ...(wait !== undefined && {
            waitFor: wait?.for ?? null,
            waitUntil: wait?.until ? new Date(wait.until) : null,
          }),
          ...(current !== undefined && { current: storableText(current) }),
        })
        .where(and(eq(runs.id, id), eq(runs.session, session)))
    },
  }
}
