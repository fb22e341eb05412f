import * as z from 'zod/mini'

import { isSafeToKeep } from '#contract/address/address.ts'
import { webhookSeenSchema, type WebhookFields } from '#contract/nexudus/webhook.ts'
import { dropKept, keep, readKept } from '#ui/hooks/kept.ts'

const DRAFT = 'draft'

/** The form of a draft: that of the webhook with this id, or that of a new one. */
type Place = number | 'new'

const nameOf = (place: Place) => (place === 'new' ? DRAFT : `${DRAFT}.${place}`)

const draftSchema = z.object({ values: webhookSeenSchema, key: z.string() })

/**
 * The text typed into a webhook's form, and the key of its intent: saved twice, it is created once.
 */
export type Draft = { values: Partial<WebhookFields>; key: string }

/**
 * Keeps typed text over a reload of this tab, except a URL that may hold a key, because the browser
 * would store it readably.
 */
export function keepDraft(place: Place, { values, key }: Draft) {
  const { URL: address, ...rest } = values
  const kept = { key, values: isSafeToKeep(address ?? '') ? { ...rest, URL: address } : rest }
  keep(nameOf(place), JSON.stringify(kept))
}

export const readDraft = (place: Place): Draft | undefined =>
  readKept(nameOf(place), (kept) => z.safeParse(draftSchema, kept).data)

export const dropDraft = (place: Place) => dropKept(nameOf(place))
