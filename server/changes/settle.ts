import { whileLeased } from '#platform/db/lease.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Intent } from '#server/intents/intent.ts'
import type { Intents } from '#server/intents/intents.ts'

/** Runs the work of an intent, and keeps the book about how it failed. */
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
    // what was sent and not seen to happen may still happen: the next try looks first
    const failure = error instanceof Failed ? error : ownFailure(error)
    const mayHaveHappened = failure.details.outcome !== undefined
    const noted =
      mayHaveHappened || intent.earlier ? intents.leaveOpen(intent) : intents.forget(intent)
    // a book that cannot be written hides nothing: the claim runs out by itself
    await noted.catch(() => {})
    throw failure
  }
}

/** Reads what was just written. If that fails, the write has happened all the same. */
export async function readBack<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    throw error.with({ outcome: 'unknown' })
  }
}

/** Ours, and maybe after the write: Nexudus cannot be told to undo it. */
const ownFailure = (error: unknown) => new Failed('internal', { outcome: 'unknown' }, error)
