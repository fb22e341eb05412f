import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { WORK_LEASE_MS, whileLeased, leaseIn } from '#platform/db/lease.ts'
import { Failed } from '#platform/http/failure.ts'
import { turns } from '#server/db/tables.ts'

/** Longest wait for another change of the same webhook, in milliseconds. */
const PATIENCE_MS = 25_000
const LOOK_AGAIN_MS = 50

export type Turns = ReturnType<typeof createTurns>

/**
 * One change of a webhook at a time, over all processes. A row with an expiry, not a held lock:
 * PGlite has one connection, and Nexudus is called meanwhile.
 */
export function createTurns(db: Database, now: () => Date) {
  const lease = leaseIn({ claim: turns.claim, until: turns.claimedUntil }, WORK_LEASE_MS, now)

  async function claimed(webhookId: number, claim: string): Promise<boolean> {
    const row = { claim, claimedUntil: lease.end() }
    const [taken] = await db
      .insert(turns)
      .values({ webhookId, ...row })
      .onConflictDoUpdate({
        target: turns.webhookId,
        set: row,
        setWhere: lease.isFree(),
      })
      .returning({ claim: turns.claim })
    return taken?.claim === claim
  }

  return {
    /**
     * Does the work when it is this webhook's turn, or fails with `in_progress`. Just before it
     * writes, the work calls `holdOn`, which fails the same way if the turn was lost.
     */
    async take<Result>(
      webhookId: number,
      work: (holdOn: () => Promise<void>) => Promise<Result>,
    ): Promise<Result> {
      const claim = randomUUID()
      const giveUpAt = performance.now() + PATIENCE_MS
      while (!(await claimed(webhookId, claim))) {
        if (performance.now() > giveUpAt) throw somebodyElse()
        await sleep(LOOK_AGAIN_MS)
      }
      const isMine = and(eq(turns.webhookId, webhookId), lease.isHeldBy(claim))
      const renew = () =>
        db
          .update(turns)
          .set({ claimedUntil: lease.end() })
          .where(isMine)
          .returning({ webhookId: turns.webhookId })
      async function holdOn() {
        if ((await renew()).length === 0) throw somebodyElse()
      }
      try {
        return await whileLeased(renew, () => work(holdOn))
      } finally {
        await db.delete(turns).where(isMine)
      }
    },

    /** At the start of the only process, every turn belongs to a dead process. */
    releaseAll: () => db.delete(turns),
  }
}

const somebodyElse = () =>
  new Failed('in_progress', { reason: 'someone_else', retryAfterMs: 2_000 })
