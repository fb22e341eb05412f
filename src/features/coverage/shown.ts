import { HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import { oneOf, searchReader, wholeNumber, writeList } from '#ui/hooks/search-params.ts'

import {
  COVERAGE_GROUPS,
  lackOf,
  type Coverage,
  type CoverageAction,
  type CoverageGroup,
  type CoverageLocation,
} from './coverage.ts'
import type { CoverageSearch } from './search.ts'

const VIEWS = ['grid', 'list'] as const

export type View = (typeof VIEWS)[number]

/** The choices that the address carries. */
export type CoverageQuery = {
  view: View | undefined
  groups: CoverageGroup[]
  open: CoverageGroup[]
  locations: number[]
  health: HealthState[]
  isUsedOnly: boolean
  isGapsOnly: boolean
}

/** "Check-in, visitors and access" as a word for an address. */
export const slugOf = (group: CoverageGroup) => group.toLowerCase().replace(/[^a-z]+/g, '-')

/** Reads the address, and returns the parts it does not understand as the person wrote them. */
export function readCoverageSearch(search: CoverageSearch): {
  query: CoverageQuery
  dropped: string[]
} {
  const { one, list, dropped } = searchReader(search)
  const group = (word: string) => COVERAGE_GROUPS.find((name) => slugOf(name) === word)

  const query = {
    view: one('view', oneOf(VIEWS)),
    groups: list('groups', group),
    open: search.open === 'all' ? [...COVERAGE_GROUPS] : list('open', group),
    locations: list('locations', wholeNumber()),
    health: list('health', oneOf(HEALTH_STATES)),
    isUsedOnly: one('actions', oneOf(['all'])) === undefined,
    isGapsOnly: one('gaps', oneOf(['only'])) !== undefined,
  }
  return { query, dropped }
}

export function writeGroups(groups: readonly CoverageGroup[]): string | undefined {
  if (groups.length === COVERAGE_GROUPS.length) return 'all'
  return writeList(groups.map(slugOf))
}

/** A column: one action of an open group, or a whole closed group. */
export type Column = {
  /** Begins with the group's word, which identifies the columns that replace it. */
  key: string
  group: CoverageGroup
  action: CoverageAction | null
}

export type ShownGroup = {
  group: CoverageGroup
  slug: string
  isOpen: boolean
  actions: readonly CoverageAction[]
  /** The index of its first column, and the number of its columns. */
  start: number
  span: number
}

export type Shown = {
  locations: readonly CoverageLocation[]
  actions: readonly CoverageAction[]
  groups: readonly ShownGroup[]
  columns: readonly Column[]
}

/** Selects the part of the coverage that the address asks for. */
export function shownOf(coverage: Coverage, query: CoverageQuery): Shown {
  const { groups, health, isUsedOnly, isGapsOnly } = query
  const isAskedFor = (location: CoverageLocation, { number }: CoverageAction) => {
    if (isGapsOnly && !lackOf(location, number)) return false
    return health.length === 0 || hasHealth(location, number, health)
  }
  const isNarrowed = isGapsOnly || health.length > 0
  const candidates = coverage.actions.filter(
    ({ group, isUsed }) =>
      (isUsed || !isUsedOnly) && (groups.length === 0 || groups.includes(group)),
  )
  const locations = coverage.locations.filter(
    (location) =>
      (query.locations.length === 0 || query.locations.includes(location.id)) &&
      (!isNarrowed || candidates.some((action) => isAskedFor(location, action))),
  )
  const actions = candidates.filter(
    (action) => !isNarrowed || locations.some((location) => isAskedFor(location, action)),
  )
  return { locations, actions, ...columnsOf(actions, query.open) }
}

function hasHealth(location: CoverageLocation, number: number, health: HealthState[]): boolean {
  return location.cells.get(number)?.rows.some((row) => health.includes(row.health)) ?? false
}

function columnsOf(actions: readonly CoverageAction[], open: readonly CoverageGroup[]) {
  const columns: Column[] = []
  const groups: ShownGroup[] = []
  for (const group of COVERAGE_GROUPS) {
    const within = actions.filter((action) => action.group === group)
    if (within.length === 0) continue
    const slug = slugOf(group)
    const isOpen = open.includes(group)
    const start = columns.length
    if (isOpen) {
      columns.push(...within.map((action) => ({ key: `${slug}/${action.number}`, group, action })))
    } else columns.push({ key: slug, group, action: null })
    groups.push({ group, slug, isOpen, actions: within, start, span: columns.length - start })
  }
  return { columns, groups }
}
