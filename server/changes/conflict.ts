import {
  EDITABLE_FIELDS,
  inputOf,
  type Webhook,
  type WebhookFields,
  type WebhookInput,
} from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'

/** True if the record holds exactly these values. */
export function isAlreadySo(webhook: Webhook, change: Partial<WebhookFields>): boolean {
  const now = inputOf(webhook)
  return EDITABLE_FIELDS.every((field) => !(field in change) || now[field] === change[field])
}

/**
 * Compares fields, not `UpdatedOn`, which may move whenever the webhook fires. A field that already
 * has the value the person wants is no conflict, no matter who set it.
 */
export function refuseIfChangedMeanwhile(
  webhook: Webhook,
  seen: Partial<WebhookFields>,
  change: Partial<WebhookInput>,
) {
  const now = inputOf(webhook)
  const isConflict = EDITABLE_FIELDS.some(
    (field) => field in seen && now[field] !== seen[field] && now[field] !== change[field],
  )
  if (isConflict) {
    throw new Failed('edit_conflict', { reason: 'changed_meanwhile', current: webhook })
  }
}
