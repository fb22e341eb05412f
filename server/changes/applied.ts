import { addressKey } from '#contract/address/address-key.ts'
import { EDITABLE_FIELDS, inputOf, knownIn } from '#contract/nexudus/webhook.ts'
import type {
  EditableField,
  Webhook,
  WebhookFields,
  WebhookInput,
} from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'

/**
 * Whether a field holds what was asked for. Nexudus may tidy what it is given: spaces around a
 * text, the ends of its lines, the form of its accents, and the spelling of an address that leads
 * to the same place. None of that is a value that was not taken.
 */
export const isSameValue = (field: EditableField, one: unknown, other: unknown): boolean =>
  one === other || tidied(field, one) === tidied(field, other)

function tidied(field: EditableField, value: unknown): unknown {
  if (typeof value !== 'string') return value
  return field === 'URL' ? addressKey(value) : value.trim().replaceAll('\r\n', '\n').normalize()
}

/** Whether the record holds everything that was asked for. */
export function isApplied(webhook: Webhook, asked: Partial<WebhookInput>): boolean {
  const now = inputOf(webhook)
  return EDITABLE_FIELDS.every(
    (field) => !(field in asked) || isSameValue(field, now[field], asked[field]),
  )
}

/** Nexudus said that it made the webhook, and what it made is not what was asked for. */
export function createdOtherwise(asked: WebhookInput, now: Webhook): Failed | undefined {
  const is = inputOf(now)
  const fields = differing(asked, is)
  if (fields.length === 0) return undefined
  const [otherwise, unread] = byReading(fields, is)
  return new Failed('not_applied', {
    reason: 'created_otherwise',
    fields: { unchanged: [], otherwise, unread },
    current: now,
    outcome: 'done',
  })
}

/**
 * Nexudus said that it made the change, and the record tells another story. The whole record was
 * sent, so a field that nobody meant to change counts too; but not whether it is on, because
 * Nexudus itself may switch it off at any moment.
 */
export function changedOtherwise(
  before: Webhook,
  change: Partial<WebhookInput>,
  now: Webhook,
): Failed | undefined {
  const [was, is] = [inputOf(before), inputOf(now)]
  const fields = differing({ ...was, ...change }, is).filter(
    (field) => field !== 'Active' || 'Active' in change,
  )
  if (fields.length === 0) return undefined

  const isUnchanged = (field: EditableField) => field in change && is[field] === was[field]
  const [read, unread] = byReading(fields, is)
  const unchanged = read.filter(isUnchanged)
  const otherwise = read.filter((field) => !isUnchanged(field))
  return new Failed('not_applied', {
    reason: 'changed_otherwise',
    fields: { unchanged, otherwise, unread },
    current: now,
  })
}

/** Nexudus said that it deleted the webhook, and still has it. */
export const notDeleted = (now: Webhook) =>
  new Failed('not_applied', { reason: 'not_deleted', current: now })

const differing = (asked: WebhookFields, now: WebhookFields) =>
  EDITABLE_FIELDS.filter((field) => !isSameValue(field, asked[field], now[field]))

/** Splits the fields that differ into those that were read and those that could not be. */
function byReading(fields: readonly EditableField[], now: WebhookFields) {
  const isUnread = (field: EditableField) => knownIn({ [field]: now[field] }) === undefined
  return [fields.filter((field) => !isUnread(field)), fields.filter(isUnread)] as const
}
