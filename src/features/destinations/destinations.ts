import { parseAddress } from '#contract/address/address.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { hostText } from '#fleet/host.tsx'
import { isTroubled, type Share } from '#fleet/share.ts'
import type { StateCounts } from '#fleet/state-parts.ts'
import { createSearch } from '#ui/text/search.ts'

/** A host that webhooks send to, or a text that is no URL, with the facts about it. */
export type Destination = Share & {
  host: string
  isAddress: boolean
  rows: FleetRow[]
  locations: number
  /** The number of its webhooks in each state. */
  counts: StateCounts
  /** The newest firing of all its webhooks; `null` if none has fired yet. */
  firedAt: number | null
}

/** All destinations, in no particular order. */
export function destinationsOf(rows: readonly FleetRow[]): Destination[] {
  const byHost = new Map<string, FleetRow[]>()
  for (const row of rows) {
    const others = byHost.get(row.host)
    if (others) others.push(row)
    else byHost.set(row.host, [row])
  }
  return [...byHost].map(toDestination)
}

function toDestination([host, rows]: [string, FleetRow[]]): Destination {
  const counts: StateCounts = {}
  let firedAt: number | null = null
  for (const { health, triggeredAt } of rows) {
    counts[health] = (counts[health] ?? 0) + 1
    if (triggeredAt !== null && (firedAt === null || triggeredAt > firedAt)) firedAt = triggeredAt
  }
  return {
    host,
    isAddress: rows.some(({ webhook }) => parseAddress(webhook.URL) !== undefined),
    rows,
    webhooks: rows.length,
    troubled: rows.filter(({ health }) => isTroubled(health)).length,
    locations: new Set(rows.map(({ webhook }) => webhook.BusinessId)).size,
    counts,
    firedAt,
  }
}

const hostSearch = createSearch(({ host }: Destination) => hostText(host))

export function searchDestinations(destinations: readonly Destination[], text: string) {
  return destinations.filter(hostSearch(destinations, text))
}
