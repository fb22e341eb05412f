import * as z from 'zod/mini'

import type { RunChange } from '#contract/run.ts'
import {
  EDITABLE_FIELDS,
  inputOf,
  webhookSchema,
  type EditableField,
  type WebhookInput,
} from '#contract/webhook.ts'
import type { changes } from './tables.ts'

type Entry = Pick<typeof changes.$inferSelect, 'kind' | 'webhookId' | 'before' | 'after'>

/**
 * What takes a change back: what it changed, and only as long as that is how it was left. A
 * webhook that was deleted is made anew, switched off, because Nexudus keeps no place for it; one
 * that was deleted elsewhere, with what was last seen of it. Nothing for what else was done there.
 */
export function inverseOf({ kind, webhookId, before, after }: Entry): RunChange | undefined {
  const [was, became] = [fieldsOf(before), fieldsOf(after)]
  if (kind === 'create' && became) return { kind: 'delete', webhookId, seen: became }
  if ((kind === 'delete' || kind === 'outside-delete') && was && isWhole(was)) {
    return { kind: 'create', input: { ...was, Active: false }, restores: webhookId }
  }
  if (kind !== 'change' || !was || !became) return undefined

  const changed = EDITABLE_FIELDS.filter((field) => was[field] !== became[field])
  if (changed.length === 0) return undefined
  return { kind, webhookId, seen: only(changed, became), change: only(changed, was) }
}

/** Enough of it to make one: of what was only seen in lists, something may be unknown. */
const isWhole = ({ Action, URL, Name }: WebhookInput) => Action > 0 && URL !== '' && Name !== ''

function fieldsOf(record: Record<string, unknown> | null): WebhookInput | undefined {
  // what the history holds of a create whose record could not be read is what was sent
  const parsed = z.safeParse(webhookSchema, record)
  return parsed.success ? inputOf(parsed.data) : undefined
}

const only = (fields: readonly EditableField[], values: WebhookInput): Partial<WebhookInput> =>
  Object.fromEntries(fields.map((field) => [field, values[field]]))
