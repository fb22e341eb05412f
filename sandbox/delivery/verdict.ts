import type { OutboundResult } from '#platform/outbound/send.ts'

import { lastErrorText } from './last-error.ts'
import { waitAfter, type RetryPace } from './schedule.ts'

/** The fields of a webhook that change when something was sent to it. */
export type Standing = {
  active: boolean
  errorCount: number
  lastError: string | null
  /** The text of an instant, as on the wire. */
  lastTrigger: string | null
  isOnTrial: boolean
}

/** The fate of a delivery after an attempt. */
export type Fate =
  | { state: 'delivered' }
  | { state: 'retry'; tries: number; waitMs: number }
  | { state: 'parked' | 'dead'; reason: string }

export type Verdict = {
  attempt: 'succeeded' | 'failed' | 'ours'
  /** True if the attempt changed the count of failures. */
  isCounted: boolean
  standing: Standing
  fate: Fate
  /** True if this failure switched the webhook off. */
  isStop: boolean
}

export type Rules = {
  pace: RetryPace
  /** Switches the webhook off at once on a 410, as Standard Webhooks has it. */
  goneStops: boolean
  /** Failures in a row that switch the webhook off. */
  failureLimit: number
  /** True if a success resets the count of failures. */
  successResets: boolean
  random?: () => number
}

/** In milliseconds; short, because the failure was ours and does not count against the receiver. */
const OUR_WAIT_MS = 10_000

const OVERLOADED = new Set([429, 502, 503, 504])

type Finished = {
  result: OutboundResult
  /** Attempts of the current series, this one included. */
  tries: number
  at: Date
  /** The same instant, as on the wire. */
  wireAt: string
}

/**
 * Judges the effect of one finished attempt on its webhook and its delivery. `ErrorCount` counts
 * failures in a row: any 2xx resets it, the last one allowed switches the webhook off, once.
 * Attempts still under way at that moment are recorded, but change nothing any more.
 */
export function judge(before: Standing, finished: Finished, rules: Rules): Verdict {
  const { result, at, wireAt } = finished
  if (result.isDelivered) {
    const standing = before.active
      ? {
          ...before,
          errorCount: rules.successResets ? 0 : before.errorCount,
          lastTrigger: wireAt,
          isOnTrial: false,
        }
      : before
    const fate = { state: 'delivered' } as const
    return { attempt: 'succeeded', isCounted: before.active, standing, fate, isStop: false }
  }

  const { failure } = result
  const lastError = lastErrorText(result)
  if (failure === 'ours_no_network') {
    const fate = { state: 'retry', tries: finished.tries - 1, waitMs: OUR_WAIT_MS } as const
    return { attempt: 'ours', isCounted: false, standing: before, fate, isStop: false }
  }
  if (failure === 'target_blocked' || failure === 'target_invalid') {
    // no packet was sent, and none will be: an active webhook shows the reason and this time, but
    // the count stays, because no receiver failed
    const standing = before.active ? { ...before, lastError, lastTrigger: wireAt } : before
    const fate = { state: 'parked', reason: lastError } as const
    return { attempt: 'failed', isCounted: false, standing, fate, isStop: false }
  }
  if (!before.active) {
    const fate = { state: 'parked', reason: SWITCHED_OFF } as const
    return { attempt: 'failed', isCounted: false, standing: before, fate, isStop: false }
  }

  const errorCount = before.errorCount + 1
  const isGone = result.measured.status === 410
  const isStop = errorCount >= rules.failureLimit || (isGone && rules.goneStops)
  const standing = { ...before, errorCount, lastError, lastTrigger: wireAt, active: !isStop }
  return {
    attempt: 'failed',
    isCounted: true,
    standing,
    fate: fateOf(result, finished, rules, isStop, at),
    isStop,
  }
}

export const SWITCHED_OFF = 'The webhook was switched off.'
export const DELETED = 'The webhook was deleted.'

/** Judges an attempt whose webhook was deleted meanwhile: only the delivery's fate is left. */
export function judgeOrphan({ isDelivered }: OutboundResult): Verdict {
  return {
    attempt: isDelivered ? 'succeeded' : 'failed',
    isCounted: false,
    standing: {
      active: false,
      errorCount: 0,
      lastError: null,
      lastTrigger: null,
      isOnTrial: false,
    },
    fate: isDelivered ? { state: 'delivered' } : { state: 'dead', reason: DELETED },
    isStop: false,
  }
}

function fateOf(
  { failure, measured }: Extract<OutboundResult, { isDelivered: false }>,
  { tries }: Finished,
  { pace, random }: Rules,
  isStop: boolean,
  at: Date,
): Fate {
  if (measured.status === 410) return { state: 'dead', reason: 'The receiver says it is gone.' }
  if (isStop) return { state: 'parked', reason: SWITCHED_OFF }
  const waitMs = waitAfter(
    {
      tries,
      isOverloaded: failure === 'timeout' || OVERLOADED.has(measured.status ?? 0),
      retryAfter: measured.retryAfter,
    },
    pace,
    at,
    random,
  )
  if (waitMs === null) return { state: 'dead', reason: `Given up after ${tries} attempts.` }
  return { state: 'retry', tries, waitMs }
}
