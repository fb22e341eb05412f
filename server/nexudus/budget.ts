import { and, desc, eq, gt, lt, lte } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'

import type { Call } from './call.ts'
import { calls } from './tables.ts'

/** What an account may ask of Nexudus in any minute. */
export type CallLimits = { writesPerMinute: number; callsPerMinute: number }

/** As published in both editions of its limits page, for writes and for everything. */
export const CALL_LIMITS: CallLimits = { writesPerMinute: 60, callsPerMinute: 120 }

const WINDOW_MS = 60_000

export type Budget = ReturnType<typeof createBudget>

/**
 * Counts what is asked of Nexudus in each account's name, over all processes. What a person waits
 * for is counted and never held up; a run asks first whether there is room. Runs of one account
 * that ask at the same moment may all find it, and go over by an item each.
 */
export function createBudget(db: Database, now: () => Date, limits: CallLimits) {
  const windowStart = () => new Date(now().getTime() - WINDOW_MS)

  /** When the call falls out of the window that has to, for `more` to have room; 0 if none has to. */
  async function waitFor(account: string, more: number, limit: number, onlyWrites: boolean) {
    const [standsInTheWay] = await db
      .select({ at: calls.at })
      .from(calls)
      .where(
        and(
          eq(calls.account, account),
          gt(calls.at, windowStart()),
          // a clock that was ahead must not bar the account until it has caught up
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

    /** How long until there is room for so many more, in milliseconds; 0 when there is. */
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
