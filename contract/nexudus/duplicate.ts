import { addressKey } from '#contract/address/address-key.ts'

import type { WebhookInput } from './webhook.ts'
import { UNREAD_ACTION } from './wire-values.ts'

/** What a webhook does: the same event, at the same location, to the same URL. */
export type Purpose = Pick<WebhookInput, 'BusinessId' | 'Action' | 'URL'>

/**
 * The same text for two webhooks that are duplicates, so that every event would arrive twice;
 * nothing where the action could not be read, since nobody knows which events those are.
 */
export const duplicateKey = ({ BusinessId, Action, URL }: Purpose): string | undefined =>
  Action === UNREAD_ACTION ? undefined : `${BusinessId} ${Action} ${addressKey(URL)}`

/** Whether two webhooks are duplicates. Cheaper than two keys where most differ. */
export const isDuplicate = (one: Purpose, other: Purpose): boolean =>
  one.BusinessId === other.BusinessId &&
  one.Action === other.Action &&
  one.Action !== UNREAD_ACTION &&
  (one.URL === other.URL || addressKey(one.URL) === addressKey(other.URL))
