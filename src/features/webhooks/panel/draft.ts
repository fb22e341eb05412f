import * as z from 'zod/mini'

import { isSafeToKeep } from '#contract/address/address.ts'
import { webhookSeenSchema, type WebhookFields } from '#contract/nexudus/webhook.ts'
import { dropKept, keep, readKept } from '#ui/hooks/kept.ts'

const DRAFT = 'draft'

/** Of which form: of the webhook with this id, or of a new one. */
type Place = number | 'new'

const nameOf = (place: Place) => (place === 'new' ? DRAFT : `${DRAFT}.${place}`)

const draftSchema = z.object({ values: webhookSeenSchema, key: z.string() })

/** What was typed into the form of a webhook, and the key of its intent: saved twice, it is made once. */
export type Draft = { values: Partial<WebhookFields>; key: string }

/**
 * Keeps what is typed over a reload of this tab. An address that may hold a key stays out: it
 * would lie there in the open.
 */
export function keepDraft(place: Place, { values, key }: Draft) {
  const { URL: address, ...rest } = values
  const kept = { key, values: isSafeToKeep(address ?? '') ? { ...rest, URL: address } : rest }
  keep(nameOf(place), JSON.stringify(kept))
}

export const readDraft = (place: Place): Draft | undefined =>
  readKept(nameOf(place), (kept) => z.safeParse(draftSchema, kept).data)

export const dropDraft = (place: Place) => dropKept(nameOf(place))
