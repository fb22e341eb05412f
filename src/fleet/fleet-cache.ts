import type { QueryClient } from '@tanstack/react-query'

import type { Facts } from '#contract/nexudus/health.ts'
import type { Webhook, WebhookRow } from '#contract/nexudus/webhook.ts'

import type { FleetReading } from './webhook-api.ts'

/** The key of the fleet in the cache; the queries and whoever edits them share it. */
export const FLEET_KEY = ['webhooks', 'fleet'] as const

export function editFleet(client: QueryClient, edit: (rows: WebhookRow[]) => WebhookRow[]) {
  client.setQueryData<FleetReading>(
    FLEET_KEY,
    (reading) => reading && { ...reading, webhooks: edit(reading.webhooks) },
  )
}

/** Puts a record as Nexudus has it now into the list, and what is known besides, if that is new. */
export function showInFleet(client: QueryClient, webhook: Webhook, facts?: Facts) {
  if (facts) {
    client.setQueryData<FleetReading>(
      FLEET_KEY,
      (reading) => reading && { ...reading, facts: { ...reading.facts, [webhook.Id]: facts } },
    )
  }
  editFleet(client, (rows) => {
    const isKnown = rows.some(({ Id }) => Id === webhook.Id)
    return isKnown ? rows.map((row) => (row.Id === webhook.Id ? webhook : row)) : [...rows, webhook]
  })
}
