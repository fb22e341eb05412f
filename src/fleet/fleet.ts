import { actionApiName, actionLabel } from '#contract/actions/actions.ts'
import {
  hiddenPath,
  hidePath,
  hostOf,
  maskAddress,
  maskedPath,
  maskText,
  parseAddress,
} from '#contract/address/address.ts'
import { readableHost } from '#contract/address/host-name.ts'
import {
  healthOf,
  HEALTH_LABELS,
  NO_FACTS,
  type Facts,
  type HealthState,
} from '#contract/nexudus/health.ts'
import { locationName, type Location } from '#contract/nexudus/location.ts'
import { timeOf } from '#contract/nexudus/time.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { briefCause, explainLastError } from '#texts/last-error.ts'
import { currentTime } from '#ui/hooks/now.ts'
import { fold } from '#ui/text/fold.ts'
import { createSearch } from '#ui/text/search.ts'

import type { FactsById } from './webhook-api.ts'

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
  /** The failures that speak for its health; some that are counted may be of before a repair. */
  failures: number
  /** What our history knows of it. */
  facts: Facts
  /** Its last error in plain words; the error's own stand where the webhook is open. */
  cause: string | null
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

  return function read(
    webhooks: readonly WebhookRow[],
    list: readonly Location[],
    factsById: FactsById = {},
  ): Fleet {
    const locations = new Map(list.map((location) => [location.Id, location]))
    const rows = webhooks.map((webhook) => {
      const location = locationNameOf(locations, webhook.BusinessId)
      const before = known.get(webhook.Id)
      const facts = factsById[webhook.Id] ?? NO_FACTS
      const isAsBefore =
        before?.webhook === webhook && before.facts === facts && before.location === location
      if (isAsBefore) return before
      // what was read earlier may be out of date once the record has moved
      const isSame = before?.webhook.UpdatedOn === webhook.UpdatedOn
      const description = webhook.Description ?? (isSame ? before?.description : null) ?? null
      return toRow({ webhook, facts, location, description }, hidesPaths)
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

type Known = Pick<FleetRow, 'webhook' | 'facts' | 'location' | 'description'>

function toRow({ webhook, facts, location, description }: Known, hidesPath: boolean): FleetRow {
  const url = parseAddress(webhook.URL)
  const action = actionLabel(webhook.Action)
  const actionName = actionApiName(webhook.Action)
  const host = hostOf(webhook.URL)
  const path = url ? (hidesPath ? hiddenPath : maskedPath)(url) : ''
  return {
    webhook,
    description,
    location,
    action,
    actionName,
    host,
    readableHost: url && readableHost(url.host),
    path,
    ...healthIn(webhook, facts),
    facts,
    cause: webhook.LastError ? briefCause(webhook.LastError) : null,
    triggeredAt: timeOf(webhook.LastTrigger),
    shownAddress: (hidesPath ? hidePath : maskAddress)(webhook.URL),
    sortBy: {
      name: fold(webhook.Name),
      location: fold(location),
      action: fold(action),
      destination: fold(host + path),
    },
  }
}

function healthIn(webhook: WebhookRow, facts: Facts): Pick<FleetRow, 'health' | 'failures'> {
  const { state, failures } = healthOf(webhook, facts, currentTime())
  return { health: state, failures }
}

/** What a record tells of itself, where nothing is known besides. */
export const knownAlone = (webhook: WebhookRow) => ({
  webhook,
  facts: NO_FACTS,
  ...healthIn(webhook, NO_FACTS),
})

/** The row as it will be once a switch is confirmed. */
export function switched(row: FleetRow, isActive: boolean): FleetRow {
  const webhook = { ...row.webhook, Active: isActive }
  const now = {
    at: new Date(currentTime()).toISOString(),
    by: null,
    isElsewhere: false,
    isNew: false,
    errorCount: webhook.ErrorCount ?? 0,
    lastTrigger: webhook.LastTrigger,
    isRecounted: false,
  }
  const facts = { ...row.facts, switched: { ...now, isOn: isActive } }
  return { ...row, webhook, facts, ...healthIn(webhook, facts) }
}

/** Of an error; a whole page of HTML is no text to search through. */
const ERROR_SEARCHED = 500

const errorTexts = (text: string) => [
  explainLastError(text)?.cause,
  maskText(text).slice(0, ERROR_SEARCHED),
]

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
    row.cause,
    ...errorTexts(row.webhook.LastError ?? ''),
  ].join(' '),
)
