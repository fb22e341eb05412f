/**
 * How long a claim lasts that nobody renews: its process is dead. Even where it was renewed just
 * before, that is longer than a call to Nexudus may take, so that what was sent has arrived by
 * then, or never will.
 */
export const CLAIM_MS = 25_000

const RENEW_EVERY_MS = 5_000

/** Does the work, and renews the claim on it for as long as that takes. */
export async function whileClaimed<Result>(
  renew: () => Promise<unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  const timer = setInterval(() => {
    // tried again in a moment; and whoever is about to write asks whether the claim still holds
    renew().catch(() => {})
  }, RENEW_EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
