import { createHash } from 'node:crypto'
import { eq, lt, sql } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { isOver } from '#platform/db/spans.ts'
import { Failed } from '#platform/http/failure.ts'

import { knownSources, signInFailures } from './tables.ts'

const WINDOW_MS = 15 * 60_000
const PER_ACCOUNT = 5
const PER_SOURCE = 20
const FIRST_DELAY_MS = 30_000
const LONGEST_DELAY_MS = 60 * 60_000

type Attempt = { email: string; source: string }

/** A sign-in under way, already counted as failed. */
type CountedAttempt = {
  /** Call if it succeeded: earlier failures of this account, and this attempt, no longer count. */
  succeeded: () => Promise<void>
  /** Call if it did not test a password, or the password was right. */
  takenBack: () => Promise<void>
}

/**
 * Slows guessing down. Failures are counted per account and per source; a source that has signed in
 * to the account before is counted separately, so that strangers cannot lock out its owner.
 */
export function createSignInThrottle(db: Database, now: () => Date) {
  async function countersOf({ email, source }: Attempt) {
    const known = knownKey({ email, source })
    const [row] = await db.select().from(knownSources).where(eq(knownSources.key, known))
    const account = accountOf(email)
    return row
      ? [{ key: digest('account from', account, source), limit: PER_ACCOUNT, isOfAccount: true }]
      : [
          { key: digest('account', account), limit: PER_ACCOUNT, isOfAccount: true },
          { key: digest('source', source), limit: PER_SOURCE, isOfAccount: false },
        ]
  }

  async function count(tx: Database, { key, limit }: { key: string; limit: number }) {
    const at = now()
    const windowEndsAt = new Date(at.getTime() + WINDOW_MS)
    await tx.insert(signInFailures).values({ key, failures: 0, windowEndsAt }).onConflictDoNothing()
    const [row] = await tx
      .select()
      .from(signInFailures)
      .where(eq(signInFailures.key, key))
      .for('update')

    const blockedUntil = row?.blockedUntil
    if (blockedUntil && !isOver(blockedUntil, LONGEST_DELAY_MS, at)) {
      const retryAfterMs = blockedUntil.getTime() - at.getTime()
      throw new Failed('sign_in_throttled', { retryAfterMs })
    }
    const failures = row && !isOver(row.windowEndsAt, WINDOW_MS, at) ? row.failures + 1 : 1
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (failures - limit), LONGEST_DELAY_MS)
    const nextAt = failures < limit ? null : new Date(at.getTime() + delayMs)
    await tx
      .update(signInFailures)
      .set({ failures, windowEndsAt, blockedUntil: nextAt })
      .where(eq(signInFailures.key, key))
  }

  /**
   * Removes one failure and its wait: while it counted, no other attempt could exceed the limit.
   */
  async function takeBack(key: string) {
    await db
      .update(signInFailures)
      .set({ failures: sql`greatest(${signInFailures.failures} - 1, 0)`, blockedUntil: null })
      .where(eq(signInFailures.key, key))
  }

  return {
    /**
     * Counts a sign-in before it is attempted, because many at once would all find the counters
     * low. Fails if this account or source has to wait; Nexudus is not called then.
     */
    async begin(attempt: Attempt): Promise<CountedAttempt> {
      const counters = await countersOf(attempt)
      await db.transaction(async (tx) => {
        for (const counter of counters) await count(tx, counter)
      })

      return {
        async succeeded() {
          for (const { key, isOfAccount } of counters) {
            // a success on this account does not forgive the source's attempts on others
            if (!isOfAccount) await takeBack(key)
            else await db.delete(signInFailures).where(eq(signInFailures.key, key))
          }
          const row = { key: knownKey(attempt), lastSeenAt: now() }
          await db
            .insert(knownSources)
            .values(row)
            .onConflictDoUpdate({ target: knownSources.key, set: row })
        },

        async takenBack() {
          for (const { key } of counters) await takeBack(key)
        },
      }
    },

    async removeExpired() {
      const hourAgo = new Date(now().getTime() - LONGEST_DELAY_MS)
      await db.delete(signInFailures).where(lt(signInFailures.windowEndsAt, hourAgo))
    },
  }
}

export type SignInThrottle = ReturnType<typeof createSignInThrottle>

/** The account of an e-mail address, in any spelling: variants in width or case are one account. */
export const accountOf = (email: string) => email.normalize('NFKC').toLowerCase()

const knownKey = ({ email, source }: Attempt) => digest('known', accountOf(email), source)

/** Digests e-mail and IP addresses, which are never stored in clear. */
export const digest = (...parts: string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex')
