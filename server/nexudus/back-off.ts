import { setTimeout as sleep } from 'node:timers/promises'

import { Failed } from '#platform/http/failure.ts'

const MIN_WAIT_MS = 1_000
const MAX_WAIT_MS = 60_000

// in milliseconds; a public client of the API waits this long if Nexudus gives no time
const DEFAULT_WAIT_MS = 15_000

/**
 * The wait that Nexudus asks for, in milliseconds: `Retry-After` in seconds (also decimal) or as a
 * date, else "Wait N seconds" in the text, clamped to 1–60 s. Never negative, never NaN.
 */
export function waitOf(retryAfter: string | null, text: string, now = new Date()): number {
  const said = secondsOf(retryAfter, now) ?? secondsOf(/wait\s+([\d.]+)\s*s/i.exec(text)?.[1], now)
  if (said === undefined) return DEFAULT_WAIT_MS
  return Math.min(Math.max(said * 1000, MIN_WAIT_MS), MAX_WAIT_MS)
}

function secondsOf(value: string | null | undefined, now: Date): number | undefined {
  if (!value?.trim()) return undefined
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return seconds
  // the parser makes a date of nearly anything with a number in it, "5 seconds" too
  const date = /\d:\d\d/.test(value) ? Date.parse(value) : NaN
  return Number.isNaN(date) ? undefined : (date - now.getTime()) / 1000
}

/**
 * Remembers accounts that were told to wait, so that their other calls do not meet the same
 * refusal.
 */
export function createBackOff() {
  const untilByAccount = new Map<string, number>()

  return {
    start(account: string, waitMs: number) {
      const until = performance.now() + waitMs
      untilByAccount.set(account, Math.max(until, untilByAccount.get(account) ?? 0))
    },

    /** Sits out a short remaining wait; fails with a longer one. */
    async wait(account: string, patienceMs: number) {
      const leftMs = (untilByAccount.get(account) ?? 0) - performance.now()
      if (leftMs <= 0) {
        untilByAccount.delete(account)
        return
      }
      if (leftMs > patienceMs) {
        throw new Failed('throttled', { retryAfterMs: Math.ceil(leftMs) })
      }
      // a timer may fire up to a millisecond early
      await sleep(Math.ceil(leftMs) + 1)
    },
  }
}
