import type { OutboundResult } from '#platform/outbound/send.ts'

import { NoticePutOff, NoticeRefused } from './delivery.ts'

/** In milliseconds: as long as no answer says another time. */
const PUT_OFF_MS = 30_000
const PUT_OFF_AT_MOST_MS = 60 * 60_000

/** Answers after which no other try will help, without somebody's help. */
const FINAL: ReadonlySet<number> = new Set([400, 404, 410, 413])

/** The reason a message was not taken, and whether another try may help. */
export function refusalOf(result: Exclude<OutboundResult, { isDelivered: true }>): Error {
  const { measured } = result
  const { status = 0, retryAfter } = measured
  // a redirect's target may hold what makes the URL a secret
  const message = status > 0 ? `Answered ${status}` : result.message
  if (status === 429 || (status === 503 && retryAfter !== undefined)) {
    return new NoticePutOff(message, waitOf(retryAfter))
  }
  return FINAL.has(status) ? new NoticeRefused(message) : new Error(message)
}

/** Seconds, or an HTTP date (RFC 9110), as milliseconds from now. */
function waitOf(retryAfter: string | undefined): number {
  if (retryAfter === undefined) return PUT_OFF_MS
  const seconds = Number(retryAfter)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now()
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, PUT_OFF_AT_MOST_MS) : PUT_OFF_MS
}
