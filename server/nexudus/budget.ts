import { and, desc, eq, gt, lt, lte } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'

import type { Call } from './call.ts'
import { calls } from './tables.ts'

/** Calls that an account may make to Nexudus in any minute. */
export type CallLimits = { writesPerMinute: number; callsPerMinute: number }

/** As published in both editions of Nexudus' limits page, for writes and for all calls. */
export const CALL_LIMITS: CallLimits = { writesPerMinute: 60, callsPerMinute: 120 }

const WINDOW_MS = 60_000

export type Budget = ReturnType<typeof createBudget>

/**
 * Counts the calls to Nexudus of each account, over all processes. Calls that a person waits for
 * are counted and never delayed; a run first asks for room. Runs of one account that ask at the
 * same moment may all get it, and exceed the limit by an item each.
 */
export function createBudget(db: Database, now: () => Date, limits: CallLimits) {
  const windowStart = () => new Date(now().getTime() - WINDOW_MS)

  /**
   * Milliseconds until enough calls have left the window for `more` to have room; 0 if there is
   * room.
   */
  async function waitFor(account: string, more: number, limit: number, onlyWrites: boolean) {
    const [standsInTheWay] = await db
      .select({ at: calls.at })
      .from(calls)
      .where(
        and(
          eq(calls.account, account),
          gt(calls.at, windowStart()),
          // a clock that was ahead must not block the account until the present catches up
          lte(calls.at, now()),
          onlyWrites ? eq(calls.isWrite, true) : undefined,
        ),
      )
      .orderBy(desc(calls.at))
      .limit(1)
      .offset(Math.max(0, limit - more))
    return standsInTheWay ? standsInTheWay.at.getTime() + WINDOW_MS - now().getTime() : 0
  }

  return {
    async note({ account, method }: Pick<Call, 'account' | 'method'>) {
      await db.insert(calls).values({ account, at: now(), isWrite: method !== 'GET' })
    },

    /** Milliseconds until there is room for this many more; 0 if there is room now. */
    async roomIn(account: string, more: { calls: number; writes: number }): Promise<number> {
      const { callsPerMinute, writesPerMinute } = limits
      const forCalls = await waitFor(account, more.calls, callsPerMinute, false)
      if (more.writes === 0) return forCalls
      return Math.max(forCalls, await waitFor(account, more.writes, writesPerMinute, true))
    },

    async removeOld() {
      await db.delete(calls).where(lt(calls.at, windowStart()))
    },
  }
}
