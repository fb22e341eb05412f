import * as z from 'zod/mini'

import { webhookRowSchema, type WebhookFields, type WebhookRow } from '#contract/nexudus/webhook.ts'

import type { Finding } from './item-rows.ts'

/** The editable fields of a record; without the description if only a row of the list was read. */
export type ReadFields = Partial<WebhookFields>

/** The editable fields of a record or a row. */
export function fieldsOf(row: WebhookRow, { isWhole }: { isWhole: boolean }): ReadFields {
  const { BusinessId, Action, Name, URL, Active } = row
  const fields = { BusinessId, Action, Name, URL, Active }
  return isWhole ? { ...fields, Description: row.Description ?? '' } : fields
}

/**
 * The finding for a create that a duplicate makes unnecessary; the editable fields tell whether the
 * duplicate is off.
 */
export const duplicateFound = (duplicate: WebhookRow) => ({
  why: { is: 'duplicate' as const, of: seenIn(duplicate) },
  before: fieldsOf(duplicate, { isWhole: false }),
  webhookId: duplicate.Id,
})

/** The same for a record that another part found; it may be anything. */
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

/** True if the duplicate that prevents a create is switched off. */
export const isDuplicateOff = (before: Record<string, unknown> | null) => before?.Active === false
