import type { HealthState } from '#contract/nexudus/health.ts'
import type { Share } from '#fleet/share.ts'

import type { CoverageAction, CoverageGroup, CoverageLocation } from './coverage.ts'

/** The sums of what is shown. The objects stay the same until something else is shown. */
export type Totals = {
  all: Share
  byLocation: ReadonlyMap<number, Share>
  byAction: ReadonlyMap<number, Share>
  byGroup: ReadonlyMap<CoverageGroup, Share>
  gaps: number
  duplicates: number
}

export const NO_WEBHOOKS: Share = { webhooks: 0, troubled: 0 }

type Part = {
  locations: readonly CoverageLocation[]
  actions: readonly CoverageAction[]
}

/** Goes through every webhook that is shown once, whatever the number of cells. */
export function totalsOf({ locations, actions }: Part): Totals {
  const shown = new Map(actions.map((action) => [action.number, action]))
  const all = { ...NO_WEBHOOKS }
  const byLocation = new Map<number, Share>()
  const byAction = new Map<number, Share>()
  const byGroup = new Map<CoverageGroup, Share>()
  let gaps = 0
  let duplicates = 0
  for (const location of locations) {
    const here = sumIn(byLocation, location.id)
    for (const [number, { rows, troubled, duplicates: repeated }] of location.cells) {
      const action = shown.get(number)
      if (!action) continue
      duplicates += repeated
      for (const sum of [all, here, sumIn(byAction, number), sumIn(byGroup, action.group)]) {
        sum.webhooks += rows.length
        sum.troubled += troubled
      }
    }
    gaps += location.lacking.filter(({ number }) => shown.has(number)).length
  }
  return { all, byLocation, byAction, byGroup, gaps, duplicates }
}

function sumIn<Key>(sums: Map<Key, Share>, key: Key): Share {
  const known = sums.get(key)
  if (known) return known
  const sum = { ...NO_WEBHOOKS }
  sums.set(key, sum)
  return sum
}

/** The number of shown webhooks in each state. */
export function stateCountsOf({ locations, actions }: Part): Map<HealthState, number> {
  const shown = new Set(actions.map(({ number }) => number))
  const counts = new Map<HealthState, number>()
  for (const { cells } of locations) {
    for (const [number, { rows }] of cells) {
      if (!shown.has(number)) continue
      for (const { health } of rows) counts.set(health, (counts.get(health) ?? 0) + 1)
    }
  }
  return counts
}
