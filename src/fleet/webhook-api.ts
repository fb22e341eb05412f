import type * as z from 'zod/mini'

import { ApiError } from '#api/failure.ts'
import { request } from '#api/request.ts'
import { factsAnswerSchema } from '#contract/desk/desk.ts'
import type { Facts } from '#contract/nexudus/health.ts'
import { locationSchema, timeZoneSchema, type Location } from '#contract/nexudus/location.ts'
import { listPageSchema, readList, type ListReading } from '#contract/nexudus/page.ts'
import { tooManyIn } from '#contract/nexudus/pager.ts'
import {
  webhookRowSchema,
  webhookSchema,
  type Webhook,
  type WebhookRow,
} from '#contract/nexudus/webhook.ts'
import { currentTime } from '#ui/hooks/now.ts'

/** The facts from Hookdesk's history, by webhook; most webhooks have none. */
export type FactsById = Readonly<{ [id: string]: Facts | undefined }>

/**
 * All webhooks that the person may see, those that did not arrive, their facts, and the time of
 * reading.
 */
export type FleetReading = Omit<ListReading<WebhookRow>, 'rows'> & {
  webhooks: WebhookRow[]
  facts: FactsById
  readAt: number
}

/** The part of the list that has arrived. */
export type FleetSoFar = {
  webhooks: readonly WebhookRow[]
  facts: FactsById
  /** Rows that arrived; now and then some more than those in `webhooks`. */
  read: number
  /** According to Nexudus; `null` if it does not say. */
  total: number | null
  /** The start of the reading, and the arrival of its last page. */
  since: number
  at: number
}

/**
 * Reads the whole list, page by page, together with the facts, so that neither is shown alone.
 * Meanwhile `onPage` gets what has arrived; more rows each time their number has doubled, because
 * to show them takes time, too.
 */
export async function readFleet(
  signal: AbortSignal,
  onPage?: (soFar: FleetSoFar) => void,
): Promise<FleetReading> {
  const since = currentTime()
  let known: FactsById | undefined
  let webhooks: readonly WebhookRow[] = []
  const reading = listFacts(signal).then((found) => (known = found))
  const [{ rows, ...rest }, facts] = await Promise.all([
    listOf(webhookRowSchema, '/api/sys/webhooks', signal, (some, total) => {
      if (known && some.length >= 2 * webhooks.length) webhooks = some
      onPage?.({ webhooks, facts: known ?? {}, read: some.length, total, since, at: currentTime() })
    }),
    reading,
  ])
  return { webhooks: rows, facts, readAt: currentTime(), ...rest }
}

async function listFacts(signal: AbortSignal): Promise<FactsById> {
  try {
    return (await request(factsAnswerSchema, '/desk/facts', { signal })).facts
  } catch (error) {
    // a person without the role to see the history may still see the list
    if (error instanceof ApiError && error.code === 'permission_missing') return {}
    throw error
  }
}

export const listLocations = (signal: AbortSignal): Promise<ListReading<Location>> =>
  listOf(locationSchema, '/api/sys/businesses', signal)

/** The name of a zone is that of a Windows zone. */
export const getTimeZone = (id: number, signal: AbortSignal) =>
  request(timeZoneSchema, `/api/sys/simpletimezones/${id}`, { signal })

const listOf = <Schema extends z.ZodMiniType<{ Id: number }>>(
  schema: Schema,
  path: string,
  signal: AbortSignal,
  onPage?: (rows: readonly z.output<Schema>[], total: number | null) => void,
) =>
  readList(schema, {
    onPage,
    fetchPage: ({ page, size }) =>
      request(listPageSchema, `${path}?page=${page}&size=${size}`, { signal }),
    tooMany: (error) =>
      error instanceof ApiError ? tooManyIn(error.code, error.failure.upstreamStatus) : undefined,
  })

export function getWebhook(id: number, signal: AbortSignal): Promise<Webhook> {
  return request(webhookSchema, `/api/sys/webhooks/${id}`, { signal })
}
