import * as z from 'zod/mini'

import { ApiError } from '#api/failure.ts'
import type { Failure } from '#contract/desk/failure.ts'
import { reasonsText } from '#contract/nexudus/errors.ts'
import { webhookSchema, type Webhook } from '#contract/nexudus/webhook.ts'
import { currentTime } from '#ui/hooks/now.ts'
import { clockTime } from '#ui/hooks/time.ts'

/** Why something did not work, in a sentence a person can use. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong in Hookdesk.'
  const { code, message, failure } = error
  switch (code) {
    case 'offline':
      return 'You are offline. Nothing has been sent.'
    case 'desk_unreachable':
      return 'Hookdesk does not answer.'
    case 'upstream_unreachable':
      return 'Hookdesk could not reach Nexudus.'
    case 'upstream_timeout':
      return 'Nexudus took too long to answer.'
    case 'throttled':
      return `Nexudus asked Hookdesk to slow down. Try again in ${Math.ceil((failure.retryAfterMs ?? 0) / 1000)} s.`
    case 'permission_missing':
      return failure.missing === undefined
        ? 'Your Nexudus account lacks a role for this.'
        : `Your Nexudus account cannot do this. Missing role: ${failure.missing}.`
    case 'session_expired':
    case 'not_signed_in':
      return 'Your session has ended.'
    case 'in_progress':
      return failure.mayArrive ? lateText(failure.mayArrive) : message
    case 'refused':
      return `Nexudus refused this: ${refusalText(error)}`
    default:
      return message
  }
}

const MINUTE_MS = 60_000

/** What stands in the way of a write, by the reader's own clock. */
function lateText({ kind, by, sentAt, until }: NonNullable<Failure['mayArrive']>): string {
  const now = currentTime()
  const sent = clockTime(Date.parse(sentAt), now)
  const end = clockTime(Math.ceil(Date.parse(until) / MINUTE_MS) * MINUTE_MS, now)
  return `${by} sent a ${kind} at ${sent}. Nexudus has not answered and may still apply it. Hookdesk writes nothing else to this webhook until it sees the result, or until ${end}.`
}

/** Nexudus' own words, quoted as text. */
function refusalText({ message, failure }: ApiError): string {
  return failure.Errors?.length ? reasonsText(failure.Errors) : message
}

/** What is known of a write that failed: did it happen or not? */
export function explainOutcome(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Hookdesk does not know whether this was saved.'
  if (error.code === 'not_applied' && error.failure.outcome !== 'unknown') {
    return 'Check the webhook before you try again.'
  }
  if (error.failure.outcome === 'unsaved') {
    return 'Hookdesk looked again: it has not been saved so far.'
  }
  if (error.failure.outcome === 'done') return 'Done, but Hookdesk could not read the result back.'
  const isLost = error.failure.outcome === 'unknown' || error.code === 'desk_unreachable'
  return isLost ? 'Hookdesk does not know whether this was saved.' : 'Nothing was changed.'
}

// by somebody else, or by an earlier Save of the same form whose answer was lost
const CHANGED_SINCE = new Set(['edit_conflict', 'key_reused'])

/** The record as it is after a write that Nexudus accepted and did not do, or not as asked. */
export function leftBy(error: unknown): Webhook | undefined {
  if (!(error instanceof ApiError) || error.code !== 'not_applied') return undefined
  return z.safeParse(webhookSchema, error.failure.current).data
}

/** The record as it is now, where a change was refused because it is no longer what was seen. */
export function currentIn(error: unknown): Webhook | undefined {
  if (!(error instanceof ApiError) || !CHANGED_SINCE.has(error.code)) return undefined
  return z.safeParse(webhookSchema, error.failure.current).data
}
