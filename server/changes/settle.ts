import { whileLeased } from '#platform/db/lease.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Intent } from '#server/intents/intent.ts'
import type { Intents } from '#server/intents/intents.ts'

/** Runs the work of an intent, and records its failure in the book of intents. */
export async function settle<Result>(
  intents: Intents,
  intent: Intent,
  work: (intent: Intent) => Promise<Result>,
): Promise<Result> {
  try {
    return await whileLeased(
      () => intents.renew(intent),
      () => work(intent),
    )
  } catch (error) {
    if (error instanceof Failed && error.code === 'created_before') throw error
    // a write that was sent but not seen may still happen: a retry looks first
    const failure = error instanceof Failed ? error : ownFailure(error)
    const mayHaveHappened = failure.details.outcome !== undefined
    const noted =
      mayHaveHappened || intent.earlier ? intents.leaveOpen(intent) : intents.forget(intent)
    // if the record fails, the original error still counts, and the claim expires by itself
    await noted.catch(() => {})
    throw failure
  }
}

/** Reads back a write. If the reading fails, the write has happened all the same. */
export async function readBack<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    throw error.with({ outcome: 'unknown' })
  }
}

/** A failure on our side, perhaps after the write: Nexudus offers no way to undo it. */
const ownFailure = (error: unknown) => new Failed('internal', { outcome: 'unknown' }, error)
