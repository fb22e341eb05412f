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
import { briefCause, explainLastError } from '#contract/words/last-error.ts'
import { currentTime } from '#ui/hooks/now.ts'
import { fold } from '#ui/text/fold.ts'
import { createSearch } from '#ui/text/search.ts'

import type { FactsById } from './webhook-api.ts'

/** A webhook as the list shows, finds and sorts it. Its values are masked already. */
export type FleetRow = {
  webhook: WebhookRow
  /** As last read; list rows do not carry it. `null` until the webhook has been opened. */
  description: string | null
  location: string
  action: string
  actionName: string | null
  host: string
  /**
   * An international host in readable form; `undefined` if that could be mistaken for another host.
   */
  readableHost: string | undefined
  path: string
  /** Scheme, host and path, as far as the person may see them. */
  shownAddress: string
  health: HealthState
  /** The failures that count for its health; Nexudus may count others from before a repair. */
  failures: number
  /** The facts from Hookdesk's history. */
  facts: Facts
  /** The last error in plain words; the opened webhook shows the error's own words. */
  cause: string | null
  triggeredAt: number | null
  /** Folded texts to sort columns by. */
  sortBy: { name: string; location: string; action: string; destination: string }
}

export type Fleet = { rows: FleetRow[]; locations: Map<number, Location> }

/**
 * Prepares the whole fleet once per reading, so that a key press only compares strings. A row whose
 * record did not change stays the same object, so it is not drawn again.
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
      // an earlier reading may be out of date once the record has changed
      const isSame = before?.webhook.UpdatedOn === webhook.UpdatedOn
      const description = webhook.Description ?? (isSame ? before?.description : null) ?? null
      return toRow({ webhook, facts, location, description }, hidesPaths)
    })
    known = new Map(rows.map((row) => [row.webhook.Id, row]))
    return { rows, locations }
  }
}

/** The location's name, or its number if the person may not read the name. */
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

/** The facts and health that a record alone tells, when nothing else is known. */
export const knownAlone = (webhook: WebhookRow) => ({
  webhook,
  facts: NO_FACTS,
  ...healthIn(webhook, NO_FACTS),
})

/** The row as it will be once the switch is confirmed. */
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

/** The part of an error that is searched; a whole page of HTML is not worth searching. */
const ERROR_SEARCHED = 500

const errorTexts = (text: string) => [
  explainLastError(text)?.cause,
  maskText(text).slice(0, ERROR_SEARCHED),
]

/** Finds rows by all their displayed texts, and by what those mean. */
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
