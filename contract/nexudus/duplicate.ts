import { addressKey } from '#contract/address/address-key.ts'

import type { WebhookInput } from './webhook.ts'
import { UNREAD_ACTION } from './wire-values.ts'

/** The purpose of a webhook: one event, at one location, to one URL. */
export type Purpose = Pick<WebhookInput, 'BusinessId' | 'Action' | 'URL'>

/**
 * A key that duplicates share, for which every event would arrive twice; `undefined` if the action
 * could not be read, since nobody knows its events.
 */
export const duplicateKey = ({ BusinessId, Action, URL }: Purpose): string | undefined =>
  Action === UNREAD_ACTION ? undefined : `${BusinessId} ${Action} ${addressKey(URL)}`

/** True for two duplicates. Cheaper than comparing two keys when most webhooks differ. */
export const isDuplicate = (one: Purpose, other: Purpose): boolean =>
  one.BusinessId === other.BusinessId &&
  one.Action === other.Action &&
  one.Action !== UNREAD_ACTION &&
  (one.URL === other.URL || addressKey(one.URL) === addressKey(other.URL))
