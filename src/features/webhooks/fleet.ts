import {
  hiddenPath,
  hidePath,
  hostOf,
  maskAddress,
  maskedPath,
  maskText,
  parseAddress,
} from '#contract/address.ts'
import { actionApiName, actionLabel } from '#contract/actions.ts'
import { HEALTH_STATES, healthOf, type HealthState } from '#contract/health.ts'
import { locationName, type Location } from '#contract/location.ts'
import type { WebhookRow } from '#contract/webhook.ts'
import { fold } from '#ui/fold.ts'

import type { ListQuery, SortKey } from './search.ts'

/** A webhook as the list shows, finds and sorts it. Holds nothing that has to be masked later. */
export type FleetRow = {
  webhook: WebhookRow
  /** As last read; list rows do not carry it. `null` until somebody opened the webhook. */
  description: string | null
  location: string
  action: string
  actionName: string | null
  host: string
  path: string
  health: HealthState
  lastError: string | null
  triggeredAt: number | null
  /** Folded text that a search looks through. */
  haystack: string
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
  const texts = [
    webhook.Name,
    location,
    action,
    actionName,
    (hidesPath ? hidePath : maskAddress)(webhook.URL),
    webhook.Id,
    description,
  ]

  return {
    webhook,
    description,
    location,
    action,
    actionName,
    host,
    path,
    health: healthOf(webhook),
    lastError: webhook.LastError ? maskText(webhook.LastError) : null,
    triggeredAt: Number.isNaN(triggeredAt) ? null : triggeredAt,
    haystack: fold(texts.join(' ')),
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

const RANK = new Map(HEALTH_STATES.map((state, rank) => [state, rank]))
const rankOf = (row: FleetRow) => RANK.get(row.health) ?? HEALTH_STATES.length

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

type Compare = (a: FleetRow, b: FleetRow) => number

const byName: Compare = (a, b) => compareText(a.sortBy.name, b.sortBy.name)

const COMPARE: Record<SortKey, Compare> = {
  attention: (a, b) => rankOf(a) - rankOf(b) || b.webhook.ErrorCount - a.webhook.ErrorCount,
  name: byName,
  location: (a, b) => compareText(a.sortBy.location, b.sortBy.location),
  action: (a, b) => compareText(a.sortBy.action, b.sortBy.action),
  destination: (a, b) => compareText(a.sortBy.destination, b.sortBy.destination),
  // the newest first, and what never fired last
  triggered: (a, b) => (b.triggeredAt ?? -Infinity) - (a.triggeredAt ?? -Infinity) || 0,
  active: (a, b) => Number(b.webhook.Active) - Number(a.webhook.Active),
}

/** All rows in order; ties by name, then by id, so that two readings never differ by chance. */
export function sortRows(
  rows: readonly FleetRow[],
  sort: SortKey,
  isDescending: boolean,
): FleetRow[] {
  const compare = COMPARE[sort]
  const sign = isDescending ? -1 : 1
  return rows.toSorted(
    (a, b) => sign * compare(a, b) || byName(a, b) || a.webhook.Id - b.webhook.Id,
  )
}

type Facet = 'health' | 'locations' | 'actions'

const FACET_VALUE: Record<Facet, (row: FleetRow) => string | number> = {
  health: (row) => row.health,
  locations: (row) => row.webhook.BusinessId,
  actions: (row) => row.webhook.Action,
}

const FACETS: readonly Facet[] = ['health', 'locations', 'actions']

export type Filtered = {
  rows: FleetRow[]
  /** For each filter, how many there would be of each value with the other filters as they are. */
  counts: Record<Facet, Map<string | number, number>>
}

/** The rows that match, in the order they came in, and what each filter would leave. */
export function filterRows(
  rows: readonly FleetRow[],
  query: Pick<ListQuery, Facet>,
  search: string,
): Filtered {
  const needles = fold(search).split(/\s+/).filter(Boolean)
  const chosen = new Map<Facet, Set<string | number>>(
    FACETS.map((facet) => [facet, new Set<string | number>(query[facet])]),
  )
  const passes = (row: FleetRow, facet: Facet) => {
    const values = chosen.get(facet)
    return !values || values.size === 0 || values.has(FACET_VALUE[facet](row))
  }

  const counts: Filtered['counts'] = { health: new Map(), locations: new Map(), actions: new Map() }
  const matching: FleetRow[] = []
  for (const row of rows) {
    if (!needles.every((needle) => row.haystack.includes(needle))) continue
    const failed = FACETS.filter((facet) => !passes(row, facet))
    for (const facet of FACETS) {
      if (failed.some((other) => other !== facet)) continue
      const value = FACET_VALUE[facet](row)
      counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1)
    }
    if (failed.length === 0) matching.push(row)
  }
  return { rows: matching, counts }
}
