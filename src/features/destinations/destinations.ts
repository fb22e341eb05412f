import { parseAddress } from '#contract/address/address.ts'
import { HEALTH_STATES, NEEDS_ATTENTION, type HealthState } from '#contract/nexudus/health.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { hostText } from '#fleet/host.tsx'
import { createSearch } from '#ui/text/search.ts'

/** A host that webhooks send to, or a text that is no URL, with the facts about it. */
export type Destination = {
  host: string
  isAddress: boolean
  rows: FleetRow[]
  locations: number
  /** The worst health of its webhooks, and the number of failures behind it. */
  health: HealthState
  failures: number
  /** The number of its webhooks in each state. */
  counts: Partial<Record<HealthState, number>>
  troubled: number
}

const rankOf = (state: HealthState) => HEALTH_STATES.indexOf(state)

/** All destinations, those in worst health first. */
export function destinationsOf(rows: readonly FleetRow[]): Destination[] {
  const byHost = new Map<string, FleetRow[]>()
  for (const row of rows) {
    const others = byHost.get(row.host)
    if (others) others.push(row)
    else byHost.set(row.host, [row])
  }
  return [...byHost].map(toDestination).toSorted(byNeed)
}

function toDestination([host, rows]: [string, FleetRow[]]): Destination {
  const [worst] = rows.toSorted(
    (a, b) => rankOf(a.health) - rankOf(b.health) || b.failures - a.failures,
  )
  const counts: Destination['counts'] = {}
  for (const row of rows) counts[row.health] = (counts[row.health] ?? 0) + 1
  return {
    host,
    counts,
    isAddress: rows.some(({ webhook }) => parseAddress(webhook.URL) !== undefined),
    rows,
    locations: new Set(rows.map(({ webhook }) => webhook.BusinessId)).size,
    health: worst?.health ?? 'working',
    failures: worst?.failures ?? 0,
    troubled: rows.filter(({ health }) => NEEDS_ATTENTION.includes(health)).length,
  }
}

const byNeed = (a: Destination, b: Destination) =>
  rankOf(a.health) - rankOf(b.health) ||
  b.troubled - a.troubled ||
  b.rows.length - a.rows.length ||
  a.host.localeCompare(b.host)

const hostSearch = createSearch(({ host }: Destination) => hostText(host))

export function searchDestinations(destinations: readonly Destination[], text: string) {
  return destinations.filter(hostSearch(destinations, text))
}
