const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** After this many attempts an event is given up for a webhook. */
export const MAX_TRIES = 10

/** How long Nexudus waits is not published; only that the waits grow. These are ours. */
const FULL = {
  waits: [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR].concat([
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
  ]),
  /** Of a receiver that is overloaded, or that did not answer in time. */
  overloaded: MINUTE,
  longestAskedFor: HOUR,
}

/** No wait is longer, jitter included. */
export const LONGEST_WAIT_MS = 10 * HOUR

/** For demonstrations: ten failures in about twenty seconds. */
const SHORT = {
  waits: [1, 1, 1, 2, 2, 2, 3, 3, 3].map((seconds) => seconds * SECOND),
  overloaded: 2 * SECOND,
  longestAskedFor: 5 * SECOND,
}

export type RetryPace = 'full' | 'short'

type Failed = {
  /** How many attempts have failed so far, this one included. */
  tries: number
  /** The receiver is overloaded, or did not answer in time: it gets more rest. */
  isOverloaded: boolean
  /** The header as it came. */
  retryAfter?: string | undefined
}

/**
 * How long to wait before the next attempt, in milliseconds, or `null` when there is none. Never
 * shorter than `Retry-After` asks, up to twice our own wait or an hour, whichever is longer. The
 * clock and the dice are arguments, so that a test can hold both still.
 */
export function waitAfter(
  { tries, isOverloaded, retryAfter }: Failed,
  pace: RetryPace,
  now: Date,
  random = Math.random,
): number | null {
  const { waits, overloaded, longestAskedFor } = pace === 'short' ? SHORT : FULL
  const wait = waits[tries - 1]
  if (wait === undefined || tries >= MAX_TRIES) return null

  const own = Math.max(wait, isOverloaded ? overloaded : 0)
  // a fifth either way, so that what failed together does not come back together
  const jittered = own * (1 + (random() - 0.5) * 0.4)
  const asked = Math.min(readRetryAfter(retryAfter, now), Math.max(2 * own, longestAskedFor))
  return Math.round(Math.max(jittered, isOverloaded ? overloaded : 0, asked))
}

/** `Retry-After` in milliseconds: seconds or a date; whatever else it may be is 0. */
function readRetryAfter(header: string | undefined, now: Date): number {
  const text = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * SECOND
  const date = Date.parse(text)
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime())
}
