import * as z from 'zod/mini'

import { request } from '#api/request.ts'
import { locationSchema, type Location } from '#contract/location.ts'
import { hasPageAfter, MAX_PAGE_SIZE, pageOf } from '#contract/page.ts'
import {
  webhookRowSchema,
  webhookSchema,
  type Webhook,
  type WebhookRow,
} from '#contract/webhook.ts'

const webhookPageSchema = pageOf(webhookRowSchema)
const locationPageSchema = pageOf(locationSchema)
const addressAgeSchema = z.object({ changedAt: z.nullable(z.string()) })

/** Every webhook the person may see, and when it was read. */
export type FleetReading = { webhooks: WebhookRow[]; readAt: number }

/** The whole list, page after page: search, filters and counts are made from it in the browser. */
export async function listFleet(signal: AbortSignal): Promise<FleetReading> {
  const byId = new Map<number, WebhookRow>()
  for (let page = 1; ; page += 1) {
    const path = `/api/sys/webhooks?page=${page}&size=${MAX_PAGE_SIZE}`
    const answer = await request(webhookPageSchema, path, { signal })
    // a record that is added while we read moves others to the next page: none is listed twice
    for (const webhook of answer.Records) byId.set(webhook.Id, webhook)
    if (!hasPageAfter(page, answer)) break
  }
  return { webhooks: [...byId.values()], readAt: Date.now() }
}

export async function listLocations(signal: AbortSignal): Promise<Location[]> {
  const locations: Location[] = []
  for (let page = 1; ; page += 1) {
    const path = `/api/sys/businesses?page=${page}&size=${MAX_PAGE_SIZE}`
    const answer = await request(locationPageSchema, path, { signal })
    locations.push(...answer.Records)
    if (!hasPageAfter(page, answer)) return locations
  }
}

export function getWebhook(id: number, signal: AbortSignal): Promise<Webhook> {
  return request(webhookSchema, `/api/sys/webhooks/${id}`, { signal })
}

/** Since when the webhook has its address, as far as Hookdesk changed it; null where it never did. */
export async function getAddressChangedAt(id: number, signal: AbortSignal) {
  return (await request(addressAgeSchema, `/desk/webhooks/${id}/address`, { signal })).changedAt
}
