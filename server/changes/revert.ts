import * as z from 'zod/mini'

import type { revertedSchema } from '#contract/history.ts'
import { EDITABLE_FIELDS, inputOf, webhookSchema, type WebhookInput } from '#contract/webhook.ts'
import { Failed } from '#server/http/failure.ts'

import type { Changes, Person } from './changes.ts'
import type { ChangeRow } from './history.ts'

type Reverted = z.output<typeof revertedSchema>

/**
 * Takes one change back, as an ordinary change in the other direction: refused if somebody has
 * changed the same since, done once under one key, and in the history itself.
 */
export async function revert(
  changes: Changes,
  person: Person,
  key: string,
  { kind, webhookId, before, after }: ChangeRow,
): Promise<Reverted> {
  if (kind === 'create' && after) {
    await changes.remove(person, key, webhookId, valuesOf(after))
    return { webhook: null }
  }
  if (kind === 'delete' && before) {
    // off, because nobody can say what it would do after all that time
    const webhook = await changes.create(person, key, { ...valuesOf(before), Active: false })
    return { webhook, restoredAs: webhook.Id }
  }
  if (kind === 'change' && before && after) {
    const [was, became] = [valuesOf(before), valuesOf(after)]
    const fields = EDITABLE_FIELDS.filter((field) => was[field] !== became[field])
    if (fields.length > 0) {
      const request = { seen: only(became, fields), change: only(was, fields) }
      return { webhook: await changes.change(person, key, webhookId, request) }
    }
  }
  throw new Failed('bad_request', 'There is nothing of ours to take back in this entry.')
}

const valuesOf = (version: Record<string, unknown>): WebhookInput =>
  inputOf(z.parse(webhookSchema, version))

const only = (values: WebhookInput, fields: (keyof WebhookInput)[]): Partial<WebhookInput> =>
  Object.fromEntries(fields.map((field) => [field, values[field]]))
