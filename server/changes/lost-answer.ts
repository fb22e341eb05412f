import { Failed } from '#platform/http/failure.ts'

const GATEWAY_TIMEOUT = 504

/** The answer to a write was lost: its result is unknown. */
export const isUnknown = (error: unknown): error is Failed =>
  error instanceof Failed && error.details.outcome === 'unknown'

/** Hookdesk, or a gateway, stopped waiting: Nexudus may still be working on it. */
export const tookTooLong = ({ code, details }: Failed) =>
  code === 'upstream_timeout' || details.upstreamStatus === GATEWAY_TIMEOUT

/** The connection broke off after it was used; nobody knows how much of the request was sent. */
export const wasCutOff = ({ code }: Failed) => code === 'upstream_unreachable'

/** Reading again after a lost answer showed no change so far. A slow write may still happen. */
export const unsaved = (error: Failed) => error.with({ outcome: 'unsaved' })

/** Reads again after the answer to a write was lost; if that fails too, the result is unknown. */
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
