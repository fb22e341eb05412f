import { actionApiName, actionLabel } from '#contract/actions.ts'
import {
  hiddenPath,
  hidePath,
  hostOf,
  maskAddress,
  maskedPath,
  maskText,
  parseAddress,
} from '#contract/address.ts'
import { healthOf, HEALTH_LABELS, type HealthState } from '#contract/health.ts'
import { readableHost } from '#contract/host-name.ts'
import { explainLastError } from '#contract/last-error.ts'
import { locationName, type Location } from '#contract/location.ts'
import type { WebhookRow } from '#contract/webhook.ts'
import { fold } from '#ui/fold.ts'
import { createSearch } from '#ui/search.ts'

/** A webhook as the list shows, finds and sorts it. Holds nothing that has to be masked later. */
export type FleetRow = {
  webhook: WebhookRow
  /** As last read; list rows do not carry it. `null` until somebody opened the webhook. */
  description: string | null
  location: string
  action: string
  actionName: string | null
  host: string
  /** An international host as people write it; nothing where that could be taken for another. */
  readableHost: string | undefined
  path: string
  /** Host and path with their scheme, as the person may see them. */
  shownAddress: string
  health: HealthState
  lastError: string | null
  triggeredAt: number | null
  /** Folded texts that columns are sorted by. */
  sortBy: { name: string; location: string; action: string; destination: string }
}

export type Fleet = { rows: FleetRow[]; locations: Map<number, Location> }

/**
 * Prepares the whole fleet once per reading, so that a key press only compares strings. A row
 * whose record did not change is kept as it was, which also keeps it from being drawn again.
 */
export function createFleetReader({ hidesPaths }: { hidesPaths: boolean }) {
  let known = new Map<number, FleetRow>()

  return function read(webhooks: readonly WebhookRow[], list: readonly Location[]): Fleet {
    const locations = new Map(list.map((location) => [location.Id, location]))
    const rows = webhooks.map((webhook) => {
      const location = locationNameOf(locations, webhook.BusinessId)
      const before = known.get(webhook.Id)
      if (before?.webhook === webhook && before.location === location) return before
      // what was read earlier may be out of date once the record has moved
      const isSame = before?.webhook.UpdatedOn === webhook.UpdatedOn
      const description = webhook.Description ?? (isSame ? before?.description : null) ?? null
      return toRow(webhook, location, description, hidesPaths)
    })
    known = new Map(rows.map((row) => [row.webhook.Id, row]))
    return { rows, locations }
  }
}

/** The location's name, or its number where the person may not read it. */
export function locationNameOf(locations: Map<number, Location>, id: number): string {
  const location = locations.get(id)
  return location ? locationName(location) : `Location ${id}`
}

function toRow(
  webhook: WebhookRow,
  location: string,
  description: string | null,
  hidesPath: boolean,
): FleetRow {
  const url = parseAddress(webhook.URL)
  const action = actionLabel(webhook.Action)
  const actionName = actionApiName(webhook.Action)
  const host = hostOf(webhook.URL)
  const path = url ? (hidesPath ? hiddenPath : maskedPath)(url) : ''
  const triggeredAt = webhook.LastTrigger === null ? NaN : Date.parse(webhook.LastTrigger)
  return {
    webhook,
    description,
    location,
    action,
    actionName,
    host,
    readableHost: url && readableHost(url.host),
    path,
    health: healthOf(webhook),
    lastError: webhook.LastError ? maskText(webhook.LastError) : null,
    triggeredAt: Number.isNaN(triggeredAt) ? null : triggeredAt,
    shownAddress: (hidesPath ? hidePath : maskAddress)(webhook.URL),
    sortBy: {
      name: fold(webhook.Name),
      location: fold(location),
      action: fold(action),
      destination: fold(host + path),
    },
  }
}

/** The row as it will be once a switch is confirmed. */
export function switched(row: FleetRow, isActive: boolean): FleetRow {
  const webhook = { ...row.webhook, Active: isActive }
  return { ...row, webhook, health: healthOf(webhook) }
}

/** Of an error; a whole page of HTML is no text to search through. */
const ERROR_SEARCHED = 500

/** Finds rows by everything that is shown of them, and by what it means. */
export const rowSearch = createSearch((row: FleetRow) =>
  [
    row.webhook.Name,
    row.location,
    row.action,
    row.actionName,
    row.shownAddress,
    row.readableHost,
    row.webhook.Id,
    row.description,
    HEALTH_LABELS[row.health],
    row.lastError && explainLastError(row.lastError)?.cause,
    row.lastError?.slice(0, ERROR_SEARCHED),
  ].join(' '),
)
