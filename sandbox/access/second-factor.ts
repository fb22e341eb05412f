import { and, eq } from 'drizzle-orm'
import { TOTP } from 'otpauth'

import type { Database } from '#platform/db/database.ts'
import { users, type UserRow } from '#sandbox/db/tables.ts'

import { SANDBOX_TOTP_SECRET } from './accounts.ts'

const STEP_MS = 30_000

// accepts one step either way, as clocks differ
const WINDOW = 1

/** Uses up a code of the user's second factor; false if it is wrong, or was used before. */
export async function spendCode(db: Database, user: UserRow, code: string, now: Date) {
  const { id, twoFactorSecret, spentSteps } = user
  if (twoFactorSecret === null) return true
  const delta = new TOTP({ secret: twoFactorSecret }).validate({
    token: code,
    timestamp: now.getTime(),
    window: WINDOW,
  })
  if (delta === null) return false

  const step = stepAt(now) + delta
  if (spentSteps.includes(step)) return false
  const valid = spentSteps.filter((spent) => spent >= stepAt(now) - WINDOW)
  const spent = await db
    .update(users)
    .set({ spentSteps: [...valid, step] })
    // of two sign-ins at the same moment, only the first finds the row unchanged
    .where(and(eq(users.id, id), eq(users.spentSteps, spentSteps)))
    .returning({ id: users.id })
  return spent.length === 1
}

/** A code that signs the demonstration account in now. Its secret is public. */
export async function usableCode(db: Database, now: Date): Promise<string> {
  const [user] = await db.select().from(users).where(eq(users.twoFactorSecret, SANDBOX_TOTP_SECRET))
  const unspent = [0, 1, -1].find((delta) => !user?.spentSteps.includes(stepAt(now) + delta))
  const timestamp = now.getTime() + (unspent ?? 0) * STEP_MS
  return new TOTP({ secret: SANDBOX_TOTP_SECRET }).generate({ timestamp })
}

const stepAt = (at: Date) => Math.floor(at.getTime() / STEP_MS)
