import * as z from 'zod/mini'

import type { RunChange } from '#contract/desk/run.ts'
import {
  EDITABLE_FIELDS,
  inputOf,
  knownIn,
  webhookSchema,
  type EditableField,
  type WebhookFields,
} from '#contract/nexudus/webhook.ts'
import type { changes } from '#server/db/tables.ts'

export type Entry = Pick<typeof changes.$inferSelect, 'kind' | 'webhookId' | 'before' | 'after'>

/**
 * What takes many changes back, the last first. Of a webhook that was changed several times it is
 * one, from how it was left to how it was before the first.
 */
export function inversesOf(newestFirst: readonly Entry[]): RunChange[] {
  const byWebhook = new Map<number, Entry>()
  for (const entry of newestFirst) {
    const later = byWebhook.get(entry.webhookId)
    byWebhook.set(entry.webhookId, later ? joined(entry, later) : entry)
  }
  return [...byWebhook.values()].flatMap((entry) => inverseOf(entry) ?? [])
}

/** Two changes of a webhook as one; what somebody else changed in between is not part of it. */
function joined(earlier: Entry, later: Entry): Entry {
  const { webhookId } = later
  if (earlier.kind === 'create') {
    // made and deleted again: nothing is left to take back
    const kind = later.kind === 'delete' ? 'outside' : 'create'
    return { kind, webhookId, before: null, after: later.after }
  }
  const ours = EDITABLE_FIELDS.filter(
    (field) => field in (earlier.before ?? {}) && earlier.after?.[field] === later.before?.[field],
  )
  const before = later.before && { ...later.before, ...pick(ours, earlier.before ?? {}) }
  return { ...later, before }
}

const pick = (fields: readonly EditableField[], record: Record<string, unknown>) =>
  Object.fromEntries(fields.map((field) => [field, record[field]]))

/**
 * What takes a change back: what it changed, and only as long as that is how it was left. A
 * webhook that was deleted is made anew, switched off, because Nexudus keeps no place for it; one
 * that was deleted elsewhere, with what was last seen of it. Nothing for what else was done there.
 */
export function inverseOf({ kind, webhookId, before, after }: Entry): RunChange | undefined {
  const [was, became] = [fieldsOf(before), fieldsOf(after)]
  if (kind === 'create' && became) return { kind: 'delete', webhookId, seen: became }
  const wasDeleted = kind === 'delete' || (kind === 'outside-delete' && was && isWhole(was))
  if (wasDeleted && was) {
    const input = knownIn({ ...was, Active: false })
    return input && { kind: 'create', input, restores: webhookId }
  }
  if (kind !== 'change' || !was || !became) return undefined

  const changed = EDITABLE_FIELDS.filter((field) => was[field] !== became[field])
  // what could not be read cannot be written back
  const change = knownIn(only(changed, was))
  if (changed.length === 0 || !change) return undefined
  return { kind, webhookId, seen: only(changed, became), change }
}

/** Enough of it to make one: of what was only seen, something may be unknown. */
const isWhole = ({ Action, URL, Name }: WebhookFields) => Action > 0 && URL !== '' && Name !== ''

function fieldsOf(record: Record<string, unknown> | null): WebhookFields | undefined {
  // what the history holds of a create whose record could not be read is what was sent
  const parsed = z.safeParse(webhookSchema, record)
  return parsed.success ? inputOf(parsed.data) : undefined
}

const only = (fields: readonly EditableField[], values: WebhookFields): Partial<WebhookFields> =>
  Object.fromEntries(fields.map((field) => [field, values[field]]))
