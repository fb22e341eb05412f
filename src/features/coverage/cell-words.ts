import { HEALTH_LABELS } from '#contract/nexudus/health.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { failuresText } from '#fleet/health-badge.tsx'
import type { Share } from '#fleet/share.ts'
import { byCount, plural } from '#contract/words/plural.ts'

import {
  isCreatable,
  lackOf,
  worstOf,
  type Cell,
  type Coverage,
  type CoverageLocation,
  type LocationKind,
} from './coverage.ts'
import { isNarrowedBy, type CoverageQuery, type Shown } from './shown.ts'

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

/** "7 webhooks, 2 in trouble". */
export function shareWords({ webhooks, troubled }: Share): string {
  if (webhooks === 0) return 'No webhooks'
  const count = plural(webhooks, 'webhook')
  return troubled === 0 ? count : `${count}, ${troubled.toLocaleString('en')} in trouble`
}

/** The sum of a location, after its kind if it is not compared with others. */
export function locationWords({ kind }: CoverageLocation, total: Share): string {
  return [KIND_WORDS[kind], shareWords(total)].filter(Boolean).join(' · ')
}

export const KIND_WORDS: { readonly [Kind in LocationKind]: string } = {
  network: 'The network itself',
  sibling: '',
  suspended: 'Suspended',
  unknown: 'Unreadable',
}

/** Sums up what is shown in a sentence. */
export function coverageWords(coverage: Coverage, shown: Shown, query: CoverageQuery): string {
  const { all, gaps, duplicates } = shown.totals
  const count = plural(coverage.locations.length, 'location')
  const isAll = coverage.locations.length === shown.locations.length
  const parts = [
    isAll ? count : `${shown.locations.length} of ${count}`,
    shareWords(all).toLowerCase(),
    ...actionWords(coverage, shown, query),
    coverage.others > 0 &&
      (gaps === 0
        ? 'no gaps where most others have a webhook'
        : `${plural(gaps, 'gap')} where most others have a webhook`),
    duplicates === 0 ? 'no duplicates' : plural(duplicates, 'duplicate'),
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}

function actionWords({ actions }: Coverage, shown: Shown, query: CoverageQuery): string[] {
  // those left out may be in use there, too
  if (isNarrowedBy(query)) return [plural(shown.actions.length, 'action')]
  const { groups } = query
  const known = actions.filter(
    (action) => isCreatable(action) && (groups.length === 0 || groups.includes(action.group)),
  )
  const used = shown.actions.filter(({ number }) => shown.totals.byAction.has(number))
  const knownUsed = used.filter(isCreatable).length
  const unknown = used.length - knownUsed
  return [
    `${knownUsed} of ${known.length} actions used`,
    ...(unknown > 0 ? [`${unknown} unknown to Hookdesk`] : []),
  ]
}
