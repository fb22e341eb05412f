import { eq, lt, lte } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'

import { accountOf, digest } from './sign-in-throttle.ts'
import { spentCodes } from './tables.ts'

/**
 * Longer than a code is valid anywhere, in milliseconds: its own 30 s, and one step either way for
 * clocks.
 */
const REMEMBERED_MS = 90_000

export type SpentCodes = ReturnType<typeof createSpentCodes>

/**
 * Lets each code of a second factor sign in once, over all processes. Codes are stored as digests
 * only. If the clock is set back they are remembered for longer, which is the safe side.
 */
export function createSpentCodes(db: Database, now: () => Date) {
  const keyOf = (email: string, code: string) => digest('code', accountOf(email), code)

  return {
    /** Takes a code for one sign-in; false if another one has it. */
    async spend(email: string, code: string): Promise<boolean> {
      const row = {
        key: keyOf(email, code),
        forgottenAt: new Date(now().getTime() + REMEMBERED_MS),
      }
      const taken = await db
        .insert(spentCodes)
        .values(row)
        .onConflictDoUpdate({
          target: spentCodes.key,
          set: row,
          setWhere: lte(spentCodes.forgottenAt, now()),
        })
        .returning({ key: spentCodes.key })
      return taken.length === 1
    },

    /**
     * Returns a code after a sign-in that failed for another reason, e.g. the password: it was not
     * used.
     */
    async giveBack(email: string, code: string) {
      await db.delete(spentCodes).where(eq(spentCodes.key, keyOf(email, code)))
    },

    async removeExpired() {
      await db.delete(spentCodes).where(lt(spentCodes.forgottenAt, now()))
    },
  }
}
