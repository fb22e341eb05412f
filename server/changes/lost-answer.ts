import { Failed } from '#platform/http/failure.ts'

const GATEWAY_TIMEOUT = 504

/** The answer to a write was lost: nobody knows what became of it. */
export const isUnknown = (error: unknown): error is Failed =>
  error instanceof Failed && error.details.outcome === 'unknown'

/** We, or a gateway, stopped waiting: Nexudus may still be at it. */
export const tookTooLong = ({ code, details }: Failed) =>
  code === 'upstream_timeout' || details.upstreamStatus === GATEWAY_TIMEOUT

/** The connection broke off after something was sent on it, and nobody knows how much of it. */
export const wasCutOff = ({ code }: Failed) => code === 'upstream_unreachable'

/** Read again after a lost answer: nothing has changed so far. It may still, if it was only slow. */
export const unsaved = (error: Failed) => error.with({ outcome: 'unsaved' })

/** The answer to a write was lost: reads again, and if that fails too, nobody knows. */
export async function rereadOr<Result>(
  lost: unknown,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read()
  } catch {
    throw lost
  }
}
