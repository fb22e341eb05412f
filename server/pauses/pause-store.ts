import { randomUUID } from 'node:crypto'
import { and, asc, count, eq, gt, gte, inArray, isNotNull, lt, lte, ne, or, sql } from 'drizzle-orm'

import type { Pauses, PauseState } from '#contract/desk/pauses.ts'
import { NO_FACTS, type Facts } from '#contract/nexudus/health.ts'
import { chunksOf } from '#platform/db/chunks.ts'
import type { Database } from '#platform/db/database.ts'
import { leaseIn, WORK_LEASE_MS } from '#platform/db/lease.ts'
import { storableText } from '#platform/db/storable.ts'

import { changes, isSwitch } from '#server/db/tables.ts'

import { isStillPaused } from './still-paused.ts'
import { pauses } from './tables.ts'

export type PauseRow = typeof pauses.$inferSelect

type NewPause = Pick<PauseRow, 'webhookId' | 'businessId' | 'name' | 'by' | 'askedAt'> &
  Partial<Pick<PauseRow, 'pausedBy' | 'windowId'>>
type Asked = Pick<PauseRow, 'until' | 'reason'>

export type PauseStore = ReturnType<typeof createPauseStore>

/** In milliseconds: the end of a pause is shown for a week. */
const SHOWN_MS = 7 * 24 * 3_600_000

export function createPauseStore(db: Database, now: () => Date) {
  const lease = leaseIn({ claim: pauses.claim, until: pauses.claimedUntil }, WORK_LEASE_MS, now)

  /** The number of times each of them was switched since somebody asked for its pause. */
  async function countSwitches(ids: number[]): Promise<Map<number, number>> {
    const found: { id: number; count: number }[] = []
    for (const part of chunksOf(ids)) {
      const rows = await db
        .select({ id: changes.webhookId, count: count() })
        .from(changes)
        .innerJoin(pauses, eq(pauses.webhookId, changes.webhookId))
        .where(
          and(
            inArray(changes.webhookId, part),
            gte(changes.at, pauses.askedAt),
            sql`(${isSwitch})`,
          ),
        )
        .groupBy(changes.webhookId)
      found.push(...rows)
    }
    return new Map(found.map((row) => [row.id, row.count]))
  }

  return {
    countSwitches,

    /** Those at some locations that last, or that ended within a week otherwise than planned. */
    async list(
      reach: number[] | null,
      facts: ReadonlyMap<number, Facts>,
    ): Promise<Pauses['pauses']> {
      const lately = new Date(now().getTime() - SHOWN_MS)
      const isShown = or(
        eq(pauses.state, 'waiting'),
        and(ne(pauses.state, 'resumed'), gt(pauses.settledAt, lately)),
      )
      const isSeen = reach === null ? undefined : inArray(pauses.businessId, reach)
      const rows = await db
        .select()
        .from(pauses)
        .where(and(isShown, isSeen))
        .orderBy(asc(pauses.until), asc(pauses.webhookId))
      const switches = await countSwitches(rows.map(({ webhookId }) => webhookId))
      const lasting = rows.filter(
        (row) =>
          row.state !== 'waiting' ||
          isStillPaused(
            { ...row, switches: switches.get(row.webhookId) ?? 0 },
            facts.get(row.webhookId) ?? NO_FACTS,
          ),
      )
      return lasting.map((row) => ({
        webhookId: row.webhookId,
        businessId: row.businessId,
        name: row.name,
        until: row.until.toISOString(),
        by: row.by,
        askedAt: row.askedAt.toISOString(),
        reason: row.reason,
        state: row.state,
        problem: row.problem,
        settledAt: row.settledAt?.toISOString() ?? null,
      }))
    },

    async find(webhookId: number): Promise<PauseRow | undefined> {
      const [row] = await db.select().from(pauses).where(eq(pauses.webhookId, webhookId))
      return row
    },

    /** Those of these webhooks that have a plan. */
    async findPlanned(ids: readonly number[]): Promise<PauseRow[]> {
      const found: PauseRow[] = []
      for (const part of chunksOf(ids)) {
        const isPlanned = and(inArray(pauses.webhookId, part), eq(pauses.state, 'waiting'))
        found.push(...(await db.select().from(pauses).where(isPlanned)))
      }
      return found
    },

    async add(webhooks: readonly NewPause[], { until, reason }: Asked) {
      const rows = webhooks.map(({ name, ...webhook }) => ({
        ...webhook,
        name: storableText(name),
        until,
        reason: reason === null ? null : storableText(reason),
        state: 'waiting' as const,
        key: randomUUID(),
        dueAt: until,
      }))
      await db.transaction(async (tx) => {
        const ids = rows.map(({ webhookId }) => webhookId)
        for (const part of chunksOf(ids)) {
          await tx.delete(pauses).where(inArray(pauses.webhookId, part))
        }
        for (const part of chunksOf(rows)) await tx.insert(pauses).values(part)
      })
    },

    /** Lets the pause of a window last longer, if a later window ends after it. */
    async extend(webhookId: number, until: Date) {
      await db
        .update(pauses)
        .set({ until, dueAt: until })
        .where(
          and(
            eq(pauses.webhookId, webhookId),
            eq(pauses.state, 'waiting'),
            isNotNull(pauses.windowId),
            lt(pauses.until, until),
          ),
        )
    },

    async remove(webhookId: number) {
      await db.delete(pauses).where(eq(pauses.webhookId, webhookId))
    },

    /** Claims one whose time has come. */
    async claimDue(): Promise<PauseRow | undefined> {
      const claim = randomUUID()
      const isDue = and(eq(pauses.state, 'waiting'), lte(pauses.dueAt, now()), lease.isFree())
      const [row] = await db
        .update(pauses)
        .set({ claim, claimedUntil: lease.end() })
        .where(
          and(
            isDue,
            sql`webhook_id = (${db
              .select({ id: pauses.webhookId })
              .from(pauses)
              .where(isDue)
              .orderBy(asc(pauses.dueAt), asc(pauses.webhookId))
              .limit(1)})`,
          ),
        )
        .returning()
      return row
    },

    async renew({ webhookId, claim }: PauseRow) {
      await db
        .update(pauses)
        .set({ claimedUntil: lease.end() })
        .where(and(eq(pauses.webhookId, webhookId), eq(pauses.claim, claim ?? '')))
    },

    /** Ends a pause, in the transaction of what is told of it. */
    async settle(tx: Database, { webhookId, claim }: PauseRow, state: PauseState) {
      const change = { state, settledAt: now(), claim: null, claimedUntil: null }
      const settled = await tx
        .update(pauses)
        .set(change)
        .where(and(eq(pauses.webhookId, webhookId), eq(pauses.claim, claim ?? '')))
        .returning({ id: pauses.webhookId })
      return settled.length > 0
    },

    /** Tries again later. */
    async putOff({ webhookId, claim }: PauseRow, problem: string, dueAt: Date) {
      await db
        .update(pauses)
        .set({ problem, dueAt, claim: null, claimedUntil: null })
        .where(and(eq(pauses.webhookId, webhookId), eq(pauses.claim, claim ?? '')))
    },

    async releaseAll() {
      await db.update(pauses).set({ claim: null, claimedUntil: null })
    },

    async removeOld() {
      const old = new Date(now().getTime() - SHOWN_MS)
      await db.delete(pauses).where(and(ne(pauses.state, 'waiting'), lt(pauses.settledAt, old)))
    },
  }
}
