import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray, lte, or, sql } from 'drizzle-orm'

import type { Recovery } from '#contract/desk/recovery.ts'
import type { Database } from '#platform/db/database.ts'
import { leaseIn, WORK_LEASE_MS } from '#platform/db/lease.ts'
import { storableText } from '#platform/db/storable.ts'
import { watched } from '#server/watch/tables.ts'

import { recoveries } from './tables.ts'

export type RecoveryRow = typeof recoveries.$inferSelect

export type RecoveryStore = ReturnType<typeof createRecoveryStore>

const WEEK_MS = 7 * 24 * 3_600_000

/** The times of these that are within a week. */
export const lately = (restarts: readonly string[], now: Date) =>
  restarts.filter((at) => now.getTime() - Date.parse(at) < WEEK_MS)

export function createRecoveryStore(db: Database, now: () => Date) {
  const lease = leaseIn(
    { claim: recoveries.claim, until: recoveries.claimedUntil },
    WORK_LEASE_MS,
    now,
  )
  const isHeld = ({ webhookId, claim }: RecoveryRow) =>
    and(eq(recoveries.webhookId, webhookId), eq(recoveries.claim, claim ?? ''))

  return {
    async list(reach: number[] | null): Promise<Recovery[]> {
      const rows = await db
        .select()
        .from(recoveries)
        .where(reach === null ? undefined : inArray(recoveries.businessId, reach))
        .orderBy(recoveries.webhookId)
      return rows.map((row) => ({
        webhookId: row.webhookId,
        by: row.by,
        isOn: row.isOn,
        goodChecks: row.goodChecks,
        checkedAt: row.checkedAt?.toISOString() ?? null,
        problem: row.problem,
      }))
    },

    async find(webhookId: number): Promise<RecoveryRow | undefined> {
      const [row] = await db.select().from(recoveries).where(eq(recoveries.webhookId, webhookId))
      return row
    },

    /** Notes that somebody asked for it, perhaps anew after it ended; restarts of this week stay counted. */
    async add(webhook: Pick<RecoveryRow, 'webhookId' | 'businessId' | 'name' | 'by'>) {
      const values = {
        ...webhook,
        name: storableText(webhook.name),
        askedAt: now(),
        isOn: true,
        goodChecks: 0,
        isSwitching: false,
        problem: null,
        dueAt: now(),
        key: randomUUID(),
      }
      await db
        .insert(recoveries)
        .values(values)
        .onConflictDoUpdate({ target: recoveries.webhookId, set: values })
    },

    async remove(webhookId: number) {
      await db.delete(recoveries).where(eq(recoveries.webhookId, webhookId))
    },

    /** Claims one that has stopped, as far as the watch knows, and whose time has come. */
    async claimDue(): Promise<RecoveryRow | undefined> {
      const claim = randomUUID()
      const stopped = db
        .select({ id: watched.webhookId })
        .from(watched)
        .where(eq(watched.health, 'stopped'))
      const isDue = and(
        eq(recoveries.isOn, true),
        lte(recoveries.dueAt, now()),
        lease.isFree(),
        or(eq(recoveries.isSwitching, true), inArray(recoveries.webhookId, stopped)),
      )
      const next = db
        .select({ id: recoveries.webhookId })
        .from(recoveries)
        .where(isDue)
        .orderBy(asc(recoveries.dueAt), asc(recoveries.webhookId))
        .limit(1)
      const [row] = await db
        .update(recoveries)
        .set({ claim, claimedUntil: lease.end() })
        .where(and(lease.isFree(), sql`webhook_id = (${next})`))
        .returning()
      return row
    },

    async renew(row: RecoveryRow) {
      await db.update(recoveries).set({ claimedUntil: lease.end() }).where(isHeld(row))
    },

    /** Notes that the webhook is about to be switched on. False if nobody asks for that any more. */
    async beginSwitch(row: RecoveryRow, change: Partial<RecoveryRow>): Promise<boolean> {
      const begun = await db
        .update(recoveries)
        .set({ ...change, isSwitching: true })
        .where(and(isHeld(row), eq(recoveries.key, row.key)))
        .returning({ id: recoveries.webhookId })
      return begun.length > 0
    },

    /** Notes how it ended for now, and gives it back. False if it is somebody else's by now. */
    async release(tx: Database, row: RecoveryRow, change: Partial<RecoveryRow>): Promise<boolean> {
      const released = await tx
        .update(recoveries)
        .set({ ...change, claim: null, claimedUntil: null })
        .where(isHeld(row))
        .returning({ id: recoveries.webhookId })
      return released.length > 0
    },

    async releaseAll() {
      await db.update(recoveries).set({ claim: null, claimedUntil: null })
    },
  }
}
