import { eq, isNull, or, type Column } from 'drizzle-orm'

import { isOverIn } from './spans.ts'

/**
 * A lease on a row: the process that works on it, and the time until which no other process may.
 * Nothing is locked meanwhile, because the work waits for the network and PGlite has one
 * connection; if the holder dies, another process takes over once the time has passed.
 */
export function leaseIn(columns: { claim: Column; until: Column }, ms: number, now: () => Date) {
  return {
    /** The end of a lease that is taken or renewed now. */
    end: () => new Date(now().getTime() + ms),
    /** True if the lease is free or has expired. */
    isFree: () => or(isNull(columns.until), isOverIn(columns.until, ms, now())),
    isHeldBy: (claim: string) => eq(columns.claim, claim),
  }
}

/**
 * Duration of a lease on work, in milliseconds; if nobody renews it, its process is dead. Counted
 * from the last renewal, it is longer than a call to Nexudus may take: by its end a request that
 * was sent has arrived, or never will.
 */
export const WORK_LEASE_MS = 25_000

const RENEW_EVERY_MS = 5_000

/** Does the work, and renews its lease until the work is done. */
export async function whileLeased<Result>(
  renew: () => Promise<unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  const timer = setInterval(() => {
    // the renewal is tried again in a moment; before a write, the caller checks that it still holds
    renew().catch(() => {})
  }, RENEW_EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
