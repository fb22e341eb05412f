import { trimAddress } from '#contract/address/address-text.ts'
import type { FleetRow } from '#fleet/fleet.ts'

import { isAtHost } from './move-host.ts'

export const rowsAt = (rows: readonly FleetRow[], host: string) =>
  rows.filter(({ webhook }) => isAtHost(webhook.URL, host))

/** The webhooks of each distinct URL, the most used first. */
export function byUrl(rows: readonly FleetRow[]): [url: string, rows: FleetRow[]][] {
  const sharing = new Map<string, FleetRow[]>()
  for (const row of rows) {
    const url = trimAddress(row.webhook.URL)
    const others = sharing.get(url)
    if (others) others.push(row)
    else sharing.set(url, [row])
  }
  return [...sharing].toSorted(
    ([one, its], [other, others]) => others.length - its.length || one.localeCompare(other),
  )
}
