import * as z from 'zod/mini'

import { ApiError } from '#api/failure.ts'
import { request } from '#api/request.ts'
import { locationSchema, type Location } from '#contract/location.ts'
import { listPageSchema, readList, type ListReading } from '#contract/page.ts'
import {
  webhookRowSchema,
  webhookSchema,
  type Webhook,
  type WebhookRow,
} from '#contract/webhook.ts'

const addressAgeSchema = z.object({ changedAt: z.nullable(z.string()) })

/** Every webhook the person may see, what of them did not come, and when it was read. */
export type FleetReading = Omit<ListReading<WebhookRow>, 'rows'> & {
  webhooks: WebhookRow[]
  readAt: number
}

/** The whole list, page after page: search, filters and counts are made from it in the browser. */
export async function listFleet(signal: AbortSignal): Promise<FleetReading> {
  const { rows, ...rest } = await listOf(webhookRowSchema, '/api/sys/webhooks', signal)
  return { webhooks: rows, readAt: Date.now(), ...rest }
}

export const listLocations = (signal: AbortSignal): Promise<ListReading<Location>> =>
  listOf(locationSchema, '/api/sys/businesses', signal)

const listOf = <Schema extends z.ZodMiniType<{ Id: number }>>(
  schema: Schema,
  path: string,
  signal: AbortSignal,
) =>
  readList(schema, {
    fetchPage: ({ page, size }) =>
      request(listPageSchema, `${path}?page=${page}&size=${size}`, { signal }),
    mayBeSize: (error) =>
      error instanceof ApiError &&
      (error.failure.upstreamStatus === 400 || error.code === 'upstream_too_large'),
  })

export function getWebhook(id: number, signal: AbortSignal): Promise<Webhook> {
  return request(webhookSchema, `/api/sys/webhooks/${id}`, { signal })
}

/** Since when the webhook has its address, as far as Hookdesk changed it; null where it never did. */
export async function getAddressChangedAt(id: number, signal: AbortSignal) {
  return (await request(addressAgeSchema, `/desk/webhooks/${id}/address`, { signal })).changedAt
}
