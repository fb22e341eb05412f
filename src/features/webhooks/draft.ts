import * as z from 'zod/mini'

import { parseAddress } from '#contract/address.ts'
import { webhookSeenSchema, type WebhookInput } from '#contract/webhook.ts'

const DRAFT = 'hookdesk.draft'

/** Of which form: of the webhook with this id, or of a new one. */
type Place = number | 'new'

const nameOf = (place: Place) => (place === 'new' ? DRAFT : `${DRAFT}.${place}`)

const draftSchema = z.object({ values: webhookSeenSchema, key: z.string() })

/** What was typed into the form of a webhook, and the key of its intent: saved twice, it is made once. */
export type Draft = { values: Partial<WebhookInput>; key: string }

/**
 * Keeps what is typed over a reload of this tab. An address that may hold a key stays out: it
 * would lie there in the open.
 */
export function keepDraft(place: Place, { values, key }: Draft) {
  const { URL: address, ...rest } = values
  const kept = { key, values: isSafeToKeep(address ?? '') ? { ...rest, URL: address } : rest }
  // a browser without storage does without drafts
  tryStorage((storage) => storage.setItem(nameOf(place), JSON.stringify(kept)))
}

/** Whether an address has no place in it where keys usually are. */
export function isSafeToKeep(address: string): boolean {
  const url = parseAddress(address)
  return url !== undefined && !url.username && !url.password && !url.search && !url.hash
}

export function readDraft(place: Place): Draft | undefined {
  const text = tryStorage((storage) => storage.getItem(nameOf(place)))
  if (!text) return undefined
  return z.safeParse(draftSchema, JSON.parse(text)).data
}

export function dropDraft(place: Place) {
  tryStorage((storage) => storage.removeItem(nameOf(place)))
}

function tryStorage<Result>(act: (storage: Storage) => Result): Result | undefined {
  try {
    return act(sessionStorage)
  } catch {
    return undefined
  }
}

/** Said where a form has found its draft. */
export const KEPT =
  'The page was loaded again. What you had typed is here, but for an address with a key.'
