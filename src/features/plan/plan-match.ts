import { addressKey } from '#contract/address/address-key.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'

import { isMaskOf } from './plan.ts'
import { placeKey, type PlanPlaces } from './plan-places.ts'
import type { PlanEntry } from './plan-entry.ts'
import type { Plan } from './plan-read.ts'

/** The person's choices for the locations of a file; `null` leaves one out. */
export type PlaceChoices = ReadonlyMap<string, number | null>

export type PlanMatch = {
  entry: PlanEntry
  /** The matching location here; missing if the file names none. */
  BusinessId?: number
  isLeftOut: boolean
  /** The number of the webhook, if it is a number of this network. */
  id: number | null
  /** The matching webhook, if there is one. */
  webhook: WebhookRow | undefined
}

/**
 * Finds the webhook that each entry is about: by number, else at its location and action by URL,
 * else by name. No webhook is found twice.
 */
export function matchPlan(
  plan: Plan,
  { places, isForeign }: PlanPlaces,
  choices: PlaceChoices,
  webhooks: readonly WebhookRow[],
): PlanMatch[] {
  const placeByKey = new Map(places.map((place) => [place.key, place]))
  const matches = plan.entries.map((entry): PlanMatch => {
    const key = placeKey(entry)
    const here = key === null ? undefined : (placeByKey.get(key)?.here ?? choices.get(key))
    const id = isForeign ? null : entry.id
    const at = typeof here === 'number' ? { BusinessId: here } : {}
    return { entry, ...at, isLeftOut: here === null, id, webhook: undefined }
  })

  const free = new Map(webhooks.map((webhook) => [webhook.Id, webhook]))
  const take = (match: PlanMatch, webhook: WebhookRow | undefined) => {
    if (!webhook || !free.delete(webhook.Id)) return
    match.webhook = webhook
  }
  for (const match of matches) {
    if (!match.isLeftOut && match.id !== null) take(match, free.get(match.id))
  }

  const siblings = new Map<string, WebhookRow[]>()
  for (const webhook of webhooks) {
    const key = `${webhook.BusinessId} ${webhook.Action}`
    const others = siblings.get(key)
    if (others) others.push(webhook)
    else siblings.set(key, [webhook])
  }
  for (const isSame of [isSameAddress, isSameName]) {
    for (const match of matches) {
      const { entry, webhook, isLeftOut, BusinessId } = match
      if (webhook || isLeftOut) continue
      const left = (siblings.get(`${BusinessId} ${entry.Action}`) ?? []).filter(
        (sibling) => free.has(sibling.Id) && isSame(entry, sibling),
      )
      take(match, left.find((sibling) => isSameName(entry, sibling)) ?? left[0])
    }
  }
  return matches
}

const isSameName = ({ Name }: PlanEntry, webhook: WebhookRow) =>
  Name !== undefined && Name.trim() === webhook.Name.trim()

function isSameAddress({ URL, isURLHidden }: PlanEntry, webhook: WebhookRow): boolean {
  if (URL === undefined) return false
  return isURLHidden ? isMaskOf(URL, webhook.URL) : addressKey(URL) === addressKey(webhook.URL)
}
