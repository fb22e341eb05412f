const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** After this many attempts an event is given up for a webhook. */
export const MAX_TRIES = 10

/**
 * Nexudus publishes only that the waits grow, not their lengths. These are Hookdesk's, in
 * milliseconds.
 */
const FULL = {
  waits: [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR].concat([
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
  ]),
  /** For a receiver that is overloaded, or did not answer in time. */
  overloaded: MINUTE,
  longestAskedFor: HOUR,
}

/** Upper limit for a wait, jitter included. */
export const LONGEST_WAIT_MS = 10 * HOUR

/** For demonstrations: ten failures in about twenty seconds. */
const SHORT = {
  waits: [1, 1, 1, 2, 2, 2, 3, 3, 3].map((seconds) => seconds * SECOND),
  overloaded: 2 * SECOND,
  longestAskedFor: 5 * SECOND,
}

export type RetryPace = 'full' | 'short'

type Failed = {
  /** Failed attempts so far, this one included. */
  tries: number
  /** True if the receiver is overloaded, or did not answer in time: it gets more rest. */
  isOverloaded: boolean
  /** The raw header. */
  retryAfter?: string | undefined
}

/**
 * The wait before the next attempt, in milliseconds, or `null` if there is none. Never shorter than
 * `Retry-After` asks, up to twice the scheduled wait or an hour, whichever is longer. `now` and
 * `random` are arguments, so that a test can fix both.
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
  // a fifth either way, so that attempts that failed together do not return together
  const jittered = own * (1 + (random() - 0.5) * 0.4)
  const asked = Math.min(readRetryAfter(retryAfter, now), Math.max(2 * own, longestAskedFor))
  return Math.round(Math.max(jittered, isOverloaded ? overloaded : 0, asked))
}

/** `Retry-After` in milliseconds: seconds or a date; anything else is 0. */
function readRetryAfter(header: string | undefined, now: Date): number {
  const text = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * SECOND
  const date = Date.parse(text)
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime())
}
