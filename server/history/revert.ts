import type * as z from 'zod/mini'

import type { revertedSchema } from '#contract/desk/history.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Author } from '#server/changes/author.ts'
import type { Changes } from '#server/changes/changes.ts'
import { inverseOf } from '#server/changes/inverse.ts'

import type { ChangeRow } from './history.ts'

type Reverted = z.output<typeof revertedSchema>

/**
 * Reverts one change, as an ordinary change in the other direction: refused if somebody has changed
 * the same since, done once under one key, and noted in the history itself.
 */
export async function revert(
  changes: Changes,
  person: Author,
  key: string,
  entry: ChangeRow,
): Promise<Reverted> {
  const inverse = inverseOf(entry)
  switch (inverse?.kind) {
    case 'create': {
      const { input } = inverse
      // pressed twice, or restored in another way meanwhile: the webhook exists
      const isSame = ({ Name }: WebhookRow) => Name === input.Name
      const webhook = await changes.create(person, key, input, isSame)
      return { webhook, restoredAs: webhook.Id }
    }
    case 'change': {
      const { webhookId, change, seen = {} } = inverse
      return { webhook: await changes.change(person, key, webhookId, { seen, change }) }
    }
    case 'delete':
      await changes.remove(person, key, inverse.webhookId, inverse.seen ?? {})
      return { webhook: null }
    default:
      throw new Failed('bad_request', { reason: 'nothing_to_revert' })
  }
}
