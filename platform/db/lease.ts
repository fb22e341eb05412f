import { eq, isNull, or, type Column } from 'drizzle-orm'

import { isOverIn } from './spans.ts'

/**
 * A lease on a row: who works on it, and until when nobody else may. Nothing is locked meanwhile,
 * because the work waits for the network and PGlite has one connection; a holder that dies is
 * followed by another once the time is over.
 */
export function leaseIn(columns: { claim: Column; until: Column }, ms: number, now: () => Date) {
  return {
    /** The end of a lease that begins, or is renewed, at this moment. */
    end: () => new Date(now().getTime() + ms),
    /** Whether nobody has it, or whoever had it has let the time pass. */
    isFree: () => or(isNull(columns.until), isOverIn(columns.until, ms, now())),
    isHeldBy: (claim: string) => eq(columns.claim, claim),
  }
}

/**
 * How long a lease on work lasts that nobody renews: its process is dead. Even where it was renewed
 * just before, that is longer than a call to Nexudus may take, so that what was sent has arrived by
 * then, or never will.
 */
export const WORK_LEASE_MS = 25_000

const RENEW_EVERY_MS = 5_000

/** Does the work, and renews the lease on it for as long as that takes. */
export async function whileLeased<Result>(
  renew: () => Promise<unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  const timer = setInterval(() => {
    // tried again in a moment; and whoever is about to write asks whether the lease still holds
    renew().catch(() => {})
  }, RENEW_EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
