import * as z from 'zod/mini'

import { ApiError } from '#api/failure.ts'
import { webhookSchema, type Webhook } from '#contract/nexudus/webhook.ts'
import { failureText, textOf } from '#texts/failure-texts.ts'
import { reasonsText } from '#texts/refusal-text.ts'
import { needText } from '#texts/rights-words.ts'

/** Explains a failure, for places where nothing else on the page says more about it. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof ApiError)) return failureText('internal')
  const { code, failure } = error
  switch (code) {
    case 'offline':
      return `${textOf(error)} Nothing has been sent.`
    case 'throttled':
      return `${textOf(error)} Try again in ${Math.ceil((failure.retryAfterMs ?? 0) / 1000)} s.`
    case 'permission_missing':
      return failure.missing === undefined
        ? textOf(error)
        : `Your Nexudus account cannot do this. ${needText([failure.missing])}`
    case 'session_expired':
    case 'not_signed_in':
      return failureText('session_expired')
    case 'refused':
      return `Nexudus refused this: ${refusalText(error)}`
    default:
      return textOf(error)
  }
}

/** Nexudus' own words, quoted as text. */
const refusalText = (error: ApiError) =>
  error.failure.Errors?.length ? reasonsText(error.failure.Errors) : textOf(error)

/** Says of a failed write whether it happened. */
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

// another person changed it, or an earlier Save of the same form whose answer was lost
const CHANGED_SINCE = new Set(['edit_conflict', 'key_reused'])

/** The record after a write that Nexudus accepted, but did not do or not as asked. */
export function leftBy(error: unknown): Webhook | undefined {
  if (!(error instanceof ApiError) || error.code !== 'not_applied') return undefined
  return z.safeParse(webhookSchema, error.failure.current).data
}

/**
 * The current record, if a change was refused because the record is no longer what the person saw.
 */
export function currentIn(error: unknown): Webhook | undefined {
  if (!(error instanceof ApiError) || !CHANGED_SINCE.has(error.code)) return undefined
  return z.safeParse(webhookSchema, error.failure.current).data
}
