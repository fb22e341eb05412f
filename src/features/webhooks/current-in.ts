import * as z from 'zod/mini'

import { ApiError } from '#api/failure.ts'
import { webhookSchema, type Webhook } from '#contract/webhook.ts'

// by somebody else, or by an earlier Save of the same form whose answer was lost
const CHANGED_SINCE = new Set(['edit_conflict', 'key_reused'])

/** The record as it is now, where a change was refused because it is no longer what was seen. */
export function currentIn(error: unknown): Webhook | undefined {
  if (!(error instanceof ApiError) || !CHANGED_SINCE.has(error.code)) return undefined
  return z.safeParse(webhookSchema, error.failure.current).data
}
