import { randomUUID } from 'node:crypto'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'

import { isRunOver, RUN_STATES_UNDER_WAY, type RunStep } from '#contract/desk/run-steps.ts'
import type { KeptTitle } from '#contract/desk/run-title.ts'
import type { RunChange, RunWait } from '#contract/desk/run.ts'
import { chunksOf } from '#platform/db/chunks.ts'
import type { Database } from '#platform/db/database.ts'
import { leaseIn, WORK_LEASE_MS } from '#platform/db/lease.ts'
import { storableText } from '#platform/db/storable.ts'
import { runItems, runs } from '#server/db/tables.ts'

export type RunRow = typeof runs.$inferSelect

type NewRun = {
  key: string
  by: string
  session: string
  what: KeptTitle
  changes: readonly RunChange[]
  undoes?: number
}

type Saying = { wait?: RunWait | null; current?: string }

/** Runs: proposed, moved on, and claimed by the process that works on them. */
export function createRunRows(db: Database, now: () => Date) {
  const lease = leaseIn({ claim: runs.claim, until: runs.claimedUntil }, WORK_LEASE_MS, now)
  const isMine = (id: number, claim: string) => and(eq(runs.id, id), lease.isHeldBy(claim))

  async function find(id: number): Promise<RunRow | undefined> {
    const [row] = await db.select().from(runs).where(eq(runs.id, id))
    return row
  }

  return {
    /** Stores a proposal; if its key was used before, returns the existing run. */
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
        for (const part of chunksOf(wanted)) {
          const rows = part.map((change) => ({
            runId: made.id,
            change,
            state: 'unchecked' as const,
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

    /** Moves a run on; returns true if it is in the step's state then, even if it was before. */
    async step(id: number, { from, to }: RunStep, session?: string): Promise<boolean> {
      const moved = await db
        .update(runs)
        .set({
          state: to,
          ...(session !== undefined && { session }),
          ...(to === 'running' && { startedAt: sql`coalesce(${runs.startedAt}, ${now()})` }),
          finishedAt: isRunOver({ state: to }) ? now() : null,
          waitFor: null,
          waitUntil: null,
          current: null,
        })
        .where(and(eq(runs.id, id), inArray(runs.state, [...from])))
        .returning({ id: runs.id })
      return moved.length === 1 || (await find(id))?.state === to
    },

    /** Continues with the tokens of another session of the same person. */
    async adopt(id: number, session: string) {
      await db
        .update(runs)
        .set({ session, waitFor: null, waitUntil: null })
        .where(and(eq(runs.id, id), inArray(runs.state, [...RUN_STATES_UNDER_WAY])))
    },

    /** Runs with work left, even if another process works on them. */
    open: () =>
      db
        .select({ id: runs.id, claimedUntil: runs.claimedUntil })
        .from(runs)
        .where(inArray(runs.state, [...RUN_STATES_UNDER_WAY])),

    /** The sessions that runs use, by the hash of their id. */
    async sessionsAtWork(): Promise<string[]> {
      const rows = await db
        .selectDistinct({ session: runs.session })
        .from(runs)
        .where(inArray(runs.state, [...RUN_STATES_UNDER_WAY]))
      return rows.map(({ session }) => session)
    },

    /** Claims a run; `undefined` if another process has it, or no work is left. */
    async claim(id: number): Promise<string | undefined> {
      const claim = randomUUID()
      const taken = await db
        .update(runs)
        .set({ claim, claimedUntil: lease.end() })
        .where(and(eq(runs.id, id), inArray(runs.state, [...RUN_STATES_UNDER_WAY]), lease.isFree()))
        .returning({ id: runs.id })
      return taken.length === 1 ? claim : undefined
    },

    /** Renews the claim and returns the current run; `undefined` if another process has it. */
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

    /** For the start of the only process: any claims belong to dead processes. */
    async releaseAll() {
      await db.update(runs).set({ claim: null, claimedUntil: null })
    },

    /** Stores the run's current item or its wait, unless it continues with another session. */
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
