import { HEALTH_STATES } from '#contract/nexudus/health.ts'
import type { ListQuery, SortKey } from '#features/webhooks/search.ts'
import { rowSearch, type FleetRow } from '#fleet/fleet.ts'

const RANK = new Map(HEALTH_STATES.map((state, rank) => [state, rank]))
const rankOf = (row: FleetRow) => RANK.get(row.health) ?? HEALTH_STATES.length

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Ranks webhooks that are on, then unknown ones, then those that are off. */
const activeRank = ({ webhook }: FleetRow) => [true, null, false].indexOf(webhook.Active)

type Compare = (a: FleetRow, b: FleetRow) => number

const byName: Compare = (a, b) => compareText(a.sortBy.name, b.sortBy.name)

/** The newest first, and webhooks that never fired last. */
const byTrigger: Compare = (a, b) =>
  (b.triggeredAt ?? -Infinity) - (a.triggeredAt ?? -Infinity) || 0

/** The nearer to its end the worse; among those that have stopped, the newest is news. */
const byUrgency: Compare = (a, b) =>
  (a.health === 'stopped' ? 0 : b.failures - a.failures) || byTrigger(a, b)

const COMPARE: Record<SortKey, Compare> = {
  attention: (a, b) => rankOf(a) - rankOf(b) || byUrgency(a, b),
  name: byName,
  location: (a, b) => compareText(a.sortBy.location, b.sortBy.location),
  action: (a, b) => compareText(a.sortBy.action, b.sortBy.action),
  destination: (a, b) => compareText(a.sortBy.destination, b.sortBy.destination),
  triggered: byTrigger,
  active: (a, b) => activeRank(a) - activeRank(b),
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
  /** For each filter, the number of matches per value under the other filters. */
  counts: Record<Facet, Map<string | number, number>>
}

/** The matching rows in their given order, and the counts for each filter. */
export function filterRows(
  rows: readonly FleetRow[],
  query: Pick<ListQuery, Facet>,
  search: string,
): Filtered {
  const isFound = rowSearch(rows, search)
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
    if (!isFound(row)) continue
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
