import { maskAddress, maskText } from '#contract/address/address.ts'
import type { FieldDiff } from '#contract/desk/run.ts'
import {
  EDITABLE_FIELDS,
  type EditableField,
  type WebhookFields,
} from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'

type Fields = Partial<WebhookFields>

/** The changed fields in displayable form. An unread description has no value before. */
export function diffOfChange(seen: Fields, change: Fields): FieldDiff[] {
  return EDITABLE_FIELDS.filter((field) => field in change).map((field) => {
    const [from, to] = [shownAs(field, seen[field]), shownAs(field, change[field])]
    return { field, from, to, ...(from === to && { isHidden: true }) }
  })
}

// the first line of a new webhook shows the other fields
const SHOWN_OF_NEW: readonly EditableField[] = ['URL', 'Description', 'Active']

export const diffOfNew = (input: WebhookFields): FieldDiff[] =>
  SHOWN_OF_NEW.filter((field) => input[field] !== '').map((field) => ({
    field,
    from: null,
    to: shownAs(field, input[field]),
  }))

function shownAs(field: EditableField, value: Fields[EditableField]) {
  if (value == null || value === '' || value === UNREAD_ACTION) return null
  if (typeof value !== 'string') return String(value)
  return field === 'URL' ? maskAddress(value) : maskText(value)
}
