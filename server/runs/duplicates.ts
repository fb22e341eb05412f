import * as z from 'zod/mini'

import { webhookRowSchema, type WebhookFields, type WebhookRow } from '#contract/nexudus/webhook.ts'

import type { Finding } from './item-rows.ts'

/** What people edit of a record; without the description where only a row of the list was read. */
export type ReadFields = Partial<WebhookFields>

/** A record of the list, or a whole one: what of it people edit. */
export function fieldsOf(row: WebhookRow, { isWhole }: { isWhole: boolean }): ReadFields {
  const { BusinessId, Action, Name, URL, Active } = row
  const fields = { BusinessId, Action, Name, URL, Active }
  return isWhole ? { ...fields, Description: row.Description ?? '' } : fields
}

/** Why a create is needless, and what stands in its way; by that it is told whether that is off. */
export const duplicateFound = (duplicate: WebhookRow) => ({
  why: { is: 'duplicate' as const, of: seenIn(duplicate) },
  before: fieldsOf(duplicate, { isWhole: false }),
  webhookId: duplicate.Id,
})

/** The same, of a record that somebody else found; it may be anything. */
export function duplicateIn(current: unknown): Omit<Finding, 'state'> {
  const duplicate = z.safeParse(webhookRowSchema, current)
  return duplicate.success ? duplicateFound(duplicate.data) : { why: { is: 'duplicate', of: null } }
}

const seenIn = ({ Id, Name, Active, ErrorCount }: WebhookRow) => ({
  id: Id,
  name: Name,
  active: Active,
  failures: ErrorCount ?? 0,
})

/** Whether what stands in the way of a create is there, and switched off. */
export const isDuplicateOff = (before: Record<string, unknown> | null) => before?.Active === false
