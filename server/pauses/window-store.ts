import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'

import type { PauseWindow } from '#contract/desk/pauses.ts'
import type { Database } from '#platform/db/database.ts'
import { leaseIn, WORK_LEASE_MS } from '#platform/db/lease.ts'
import { storableText } from '#platform/db/storable.ts'
import { nextSpan } from '#server/clock/wall-clock.ts'
import { isInReach, type Reach } from '#server/nexudus/in-reach.ts'

import { pauseWindows } from './tables.ts'

export type WindowRow = typeof pauseWindows.$inferSelect

type NewWindow = Pick<
  WindowRow,
  'by' | 'reason' | 'days' | 'fromTime' | 'untilTime' | 'zone' | 'webhooks'
>

export type WindowStore = ReturnType<typeof createWindowStore>

export function createWindowStore(db: Database, now: () => Date) {
  const lease = leaseIn(
    { claim: pauseWindows.claim, until: pauseWindows.claimedUntil },
    WORK_LEASE_MS,
    now,
  )
  const isHeld = ({ id, claim }: WindowRow) =>
    and(eq(pauseWindows.id, id), lease.isHeldBy(claim ?? ''))

  return {
    /** Those with a webhook in reach. */
    async list(reach: Reach): Promise<PauseWindow[]> {
      const rows = await db
        .select()
        .from(pauseWindows)
        .orderBy(asc(pauseWindows.beginsAt), asc(pauseWindows.id))
      return rows.flatMap((row) => {
        const webhooks = row.webhooks.filter(({ businessId }) => isInReach(reach, businessId))
        if (webhooks.length === 0) return []
        const { id, by, reason, days, zone, problem } = row
        return {
          id,
          by,
          reason,
          days,
          from: row.fromTime,
          until: row.untilTime,
          zone,
          webhooks,
          beginsAt: row.beginsAt.toISOString(),
          endsAt: row.endsAt.toISOString(),
          problem,
          mayRemove: webhooks.length === row.webhooks.length,
        }
      })
    },

    async add(window: NewWindow) {
      const span = spanAfter(now(), window)
      await db.insert(pauseWindows).values({
        ...window,
        id: randomUUID(),
        createdAt: now(),
        reason: window.reason === null ? null : storableText(window.reason),
        webhooks: window.webhooks.map(({ name, ...webhook }) => ({
          ...webhook,
          name: storableText(name),
        })),
        ...span,
        dueAt: span.beginsAt,
      })
    },

    async find(id: string): Promise<WindowRow | undefined> {
      const [row] = await db.select().from(pauseWindows).where(eq(pauseWindows.id, id))
      return row
    },

    async remove(id: string) {
      await db.delete(pauseWindows).where(eq(pauseWindows.id, id))
    },

    /** Claims one whose begin has come. */
    async claimDue(): Promise<WindowRow | undefined> {
      const isDue = and(lte(pauseWindows.dueAt, now()), lease.isFree())
      const first = db
        .select({ id: pauseWindows.id })
        .from(pauseWindows)
        .where(isDue)
        .orderBy(asc(pauseWindows.dueAt), asc(pauseWindows.id))
        .limit(1)
      const [row] = await db
        .update(pauseWindows)
        .set({ claim: randomUUID(), claimedUntil: lease.end() })
        .where(and(isDue, inArray(pauseWindows.id, sql`(${first})`)))
        .returning()
      return row
    },

    async renew(row: WindowRow) {
      await db.update(pauseWindows).set({ claimedUntil: lease.end() }).where(isHeld(row))
    },

    /** True if it is still planned, and still this process's. */
    async isStillHeld(row: WindowRow): Promise<boolean> {
      const held = await db.select({ id: pauseWindows.id }).from(pauseWindows).where(isHeld(row))
      return held.length > 0
    },

    /** Goes on to the next time, in the transaction of what is told of this one. */
    async finish(tx: Database, row: WindowRow, problem: string | null): Promise<boolean> {
      // an end that has come already is over, whatever the clocks of two processes say
      const span = spanAfter(new Date(Math.max(now().getTime(), row.endsAt.getTime())), row)
      const finished = await tx
        .update(pauseWindows)
        .set({ ...span, dueAt: span.beginsAt, problem, claim: null, claimedUntil: null })
        .where(isHeld(row))
        .returning({ id: pauseWindows.id })
      return finished.length > 0
    },

    /** Tries the same time again later. */
    async putOff(row: WindowRow, problem: string | null, dueAt: Date) {
      await db
        .update(pauseWindows)
        .set({ problem, dueAt, claim: null, claimedUntil: null })
        .where(isHeld(row))
    },

    async releaseAll() {
      await db.update(pauseWindows).set({ claim: null, claimedUntil: null })
    },
  }
}

type Weekly = Pick<WindowRow, 'days' | 'fromTime' | 'untilTime' | 'zone'>

function spanAfter(now: Date, { days, fromTime, untilTime, zone }: Weekly) {
  const { begin, end } = nextSpan(now, { days, from: fromTime, until: untilTime, zone })
  return { beginsAt: begin, endsAt: end }
}
