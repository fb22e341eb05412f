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
 * True if two values count as equal. Nexudus may tidy a value: spaces around a text, its line ends,
 * the form of its accents, and the spelling of an equivalent URL. Such a value was accepted all the
 * same.
 */
export const isSameValue = (field: EditableField, one: unknown, other: unknown): boolean =>
  one === other || tidied(field, one) === tidied(field, other)

function tidied(field: EditableField, value: unknown): unknown {
  if (typeof value !== 'string') return value
  return field === 'URL' ? addressKey(value) : value.trim().replaceAll('\r\n', '\n').normalize()
}

/** True if the record holds every value that was asked for. */
export function isApplied(webhook: Webhook, asked: Partial<WebhookInput>): boolean {
  const now = inputOf(webhook)
  return EDITABLE_FIELDS.every(
    (field) => !(field in asked) || isSameValue(field, now[field], asked[field]),
  )
}

/** The failure for a webhook that Nexudus reports as created, but with other values. */
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
 * The failure for a change that Nexudus reports as made, but the record contradicts. As the whole
 * record was sent, a field that nobody meant to change counts, too; `Active` does not, because
 * Nexudus may switch the webhook off at any moment.
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

/** The failure for a webhook that Nexudus reports as deleted, but still has. */
export const notDeleted = (now: Webhook) =>
  new Failed('not_applied', { reason: 'not_deleted', current: now })

const differing = (asked: WebhookFields, now: WebhookFields) =>
  EDITABLE_FIELDS.filter((field) => !isSameValue(field, asked[field], now[field]))

/** Splits the differing fields into those that were read and those that could not be. */
function byReading(fields: readonly EditableField[], now: WebhookFields) {
  const isUnread = (field: EditableField) => knownIn({ [field]: now[field] }) === undefined
  return [fields.filter((field) => !isUnread(field)), fields.filter(isUnread)] as const
}
