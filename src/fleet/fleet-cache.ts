import type { QueryClient } from '@tanstack/react-query'

import type { Facts } from '#contract/nexudus/health.ts'
import type { Webhook, WebhookRow } from '#contract/nexudus/webhook.ts'

import type { FleetReading } from './webhook-api.ts'

/** The cache key of the fleet, shared by its query and the code that edits the cached fleet. */
export const FLEET_KEY = ['webhooks', 'fleet'] as const

export function editFleet(client: QueryClient, edit: (rows: WebhookRow[]) => WebhookRow[]) {
  client.setQueryData<FleetReading>(
    FLEET_KEY,
    (reading) => reading && { ...reading, webhooks: edit(reading.webhooks) },
  )
}

/** Puts a record as Nexudus has it now into the list, with its facts if they are new. */
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
