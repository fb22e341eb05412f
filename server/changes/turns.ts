import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import { and, eq, lte } from 'drizzle-orm'

import type { Database } from '#server/db/database.ts'
import { Failed } from '#server/http/failure.ts'

import { turns } from './tables.ts'

/** Longer than the calls of one change together can take; after it the turn of a dead process ends. */
const TURN_MS = 90_000

/** How long somebody waits for another's change of the same webhook. */
const PATIENCE_MS = 25_000
const LOOK_AGAIN_MS = 50

export type Turns = ReturnType<typeof createTurns>

/**
 * One change of a webhook at a time, over all processes. A row with an end, not a lock that is
 * held: PGlite has one connection, and Nexudus is asked meanwhile.
 */
export function createTurns(db: Database, now: () => Date) {
  async function claimed(webhookId: number, claim: string): Promise<boolean> {
    const row = { claim, claimedUntil: new Date(now().getTime() + TURN_MS) }
    const [taken] = await db
      .insert(turns)
      .values({ webhookId, ...row })
      .onConflictDoUpdate({
        target: turns.webhookId,
        set: row,
        setWhere: lte(turns.claimedUntil, now()),
      })
      .returning({ claim: turns.claim })
    return taken?.claim === claim
  }

  return {
    /** Does the work when it is this webhook's turn, or fails with `in_progress`. */
    async take<Result>(webhookId: number, work: () => Promise<Result>): Promise<Result> {
      const claim = randomUUID()
      const giveUpAt = performance.now() + PATIENCE_MS
      while (!(await claimed(webhookId, claim))) {
        if (performance.now() > giveUpAt) {
          const text = 'Somebody else is changing this webhook at this moment.'
          throw new Failed('in_progress', text, { retryAfterMs: 2_000 })
        }
        await sleep(LOOK_AGAIN_MS)
      }
      try {
        return await work()
      } finally {
        await db.delete(turns).where(and(eq(turns.webhookId, webhookId), eq(turns.claim, claim)))
      }
    },

    /** At the start of the only process there is, every turn is that of a dead one. */
    releaseAll: () => db.delete(turns),
  }
}
