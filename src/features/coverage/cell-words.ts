import { HEALTH_LABELS } from '#contract/nexudus/health.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { failuresText } from '#fleet/health-badge.tsx'
import { byCount, plural } from '#contract/words/plural.ts'

import {
  lackOf,
  UNKNOWN_GROUP,
  worstOf,
  type Cell,
  type Coverage,
  type CoverageLocation,
} from './coverage.ts'

/** Describes a cell: "Working", "Stopped, 10 of 10", "2 webhooks, 1 duplicate". */
export function cellWords({ rows, worst, duplicates }: Cell): string {
  const [only] = rows
  if (rows.length === 1 && only) return healthWords(only)
  const twice = duplicates === 0 ? '' : `, ${plural(duplicates, 'duplicate')}`
  const isAlike = rows.every(({ health }) => health === worst)
  return `${rows.length} webhooks${twice}; ${isAlike ? 'all' : 'worst'}: ${HEALTH_LABELS[worst]}`
}

export const healthWords = ({ health, failures }: FleetRow): string =>
  failures === 0 ? HEALTH_LABELS[health] : `${HEALTH_LABELS[health]}, ${failuresText(failures)}`

/** "Nothing here", with the number of other locations that have it, if those are most of them. */
export function gapWords(location: CoverageLocation, action: number, { others }: Coverage): string {
  const lack = lackOf(location, action)
  if (!lack) return 'No webhook'
  return `No webhook; ${lackWords(lack, others)}`
}

export const lackWords = ({ having }: { having: number }, others: number) =>
  `${having} of ${others} other ${byCount(others, 'location has', 'locations have')} one`

/** A group at one location: the number of its actions in use, the worst health, and the gaps. */
export type GroupSummary = {
  used: number
  of: number
  worst: ReturnType<typeof worstOf>
  gaps: number
  duplicates: number
}

export function summaryOf(
  location: CoverageLocation,
  actions: readonly { number: number }[],
): GroupSummary {
  const cells = actions.flatMap(({ number }) => location.cells.get(number) ?? [])
  return {
    used: cells.length,
    of: actions.length,
    worst: worstOf(cells.map((cell) => cell.worst)),
    gaps: actions.filter(({ number }) => lackOf(location, number)).length,
    duplicates: cells.reduce((sum, cell) => sum + cell.duplicates, 0),
  }
}

/**
 * Begins with the visible text of the tile, in its order, so that people who use speech input can
 * name it.
 */
export function summaryWords({ used, of, worst, gaps, duplicates }: GroupSummary): string {
  const parts = [
    used === 0 && gaps === 0 ? `None of ${of}` : `${used} of ${of}`,
    gaps > 0 && `lacks ${gaps}`,
    duplicates > 0 && plural(duplicates, 'duplicate'),
    worst && (worst === 'working' ? 'all working' : `worst: ${HEALTH_LABELS[worst]}`),
  ]
  return parts.filter(Boolean).join(', ')
}

/** Sums up the whole coverage in a sentence. */
export function coverageWords({ locations, actions, others }: Coverage): string {
  const sum = (count: (location: CoverageLocation) => number) =>
    locations.reduce((total, location) => total + count(location), 0)
  const gaps = sum(({ lacking }) => lacking.length)
  const duplicates = sum(({ cells }) =>
    [...cells.values()].reduce((total, cell) => total + cell.duplicates, 0),
  )
  const known = actions.filter(({ group }) => group !== UNKNOWN_GROUP)
  const used = known.filter(({ isUsed }) => isUsed).length
  const unknown = actions.length - known.length
  const parts = [
    plural(locations.length, 'location', 'locations'),
    `${used} of ${known.length} actions used`,
    unknown > 0 && `${unknown} unknown to Hookdesk`,
    others > 0 &&
      (gaps === 0
        ? 'no gaps where most others have a webhook'
        : `${plural(gaps, 'gap', 'gaps')} where most others have a webhook`),
    duplicates === 0 ? 'no duplicates' : plural(duplicates, 'duplicate'),
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}
