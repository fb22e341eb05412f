import { eq, lt, lte } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'

import { accountOf, digest } from './sign-in-throttle.ts'
import { spentCodes } from './tables.ts'

/** Longer than a code is valid anywhere: its own 30 s, and one step either way for clocks. */
const REMEMBERED_MS = 90_000

export type SpentCodes = ReturnType<typeof createSpentCodes>

/**
 * A code of a second factor signs in once, over all processes. Codes are kept as digests only. Of a
 * clock that is set back they are remembered for longer, which is the safe side.
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

    /** The sign-in did not come about, e.g. because of the password: the code was not used. */
    async giveBack(email: string, code: string) {
      await db.delete(spentCodes).where(eq(spentCodes.key, keyOf(email, code)))
    },

    async removeExpired() {
      await db.delete(spentCodes).where(lt(spentCodes.forgottenAt, now()))
    },
  }
}
