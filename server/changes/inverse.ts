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
 * The changes that undo these, the newest first. Several changes of one webhook become one, from
 * its last state back to the state before the first.
 */
export function inversesOf(newestFirst: readonly Entry[]): RunChange[] {
  const byWebhook = new Map<number, Entry>()
  for (const entry of newestFirst) {
    const later = byWebhook.get(entry.webhookId)
    byWebhook.set(entry.webhookId, later ? joined(entry, later) : entry)
  }
  return [...byWebhook.values()].flatMap((entry) => inverseOf(entry) ?? [])
}

/** Joins two changes of a webhook into one; changes by others in between are left out. */
function joined(earlier: Entry, later: Entry): Entry {
  const { webhookId } = later
  if (earlier.kind === 'create') {
    // created and deleted again: nothing is left to undo
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
 * The change that reverts an entry: the changed fields only, and only as long as they are as the
 * entry left them. A deleted webhook is created again, switched off, because Nexudus offers no way
 * to restore one; a webhook deleted elsewhere, with the values last seen. `undefined` for other
 * changes made elsewhere.
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
  // a value that could not be read cannot be written back
  const change = knownIn(only(changed, was))
  if (changed.length === 0 || !change) return undefined
  return { kind, webhookId, seen: only(changed, became), change }
}

/**
 * True if the record suffices to create a webhook: in one that was only seen, fields may be
 * unknown.
 */
const isWhole = ({ Action, URL, Name }: WebhookFields) => Action > 0 && URL !== '' && Name !== ''

function fieldsOf(record: Record<string, unknown> | null): WebhookFields | undefined {
  // for a create whose record could not be read, the history holds the values sent
  const parsed = z.safeParse(webhookSchema, record)
  return parsed.success ? inputOf(parsed.data) : undefined
}

const only = (fields: readonly EditableField[], values: WebhookFields): Partial<WebhookFields> =>
  Object.fromEntries(fields.map((field) => [field, values[field]]))
