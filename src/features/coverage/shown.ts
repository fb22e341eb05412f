import { HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import type { Share } from '#fleet/share.ts'
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
import { NO_WEBHOOKS, totalsOf, type Totals } from './totals.ts'

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
  /** Locations and actions with most webhooks in trouble come first. */
  isByTrouble: boolean
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
    isByTrouble: one('sort', oneOf(['trouble'])) !== undefined,
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
  totals: Totals
}

/** Selects the part of the coverage that the address asks for. */
export function shownOf(coverage: Coverage, query: CoverageQuery): Shown {
  const { groups, health, isUsedOnly, isGapsOnly } = query
  const isAskedFor = (location: CoverageLocation, { number }: CoverageAction) => {
    if (isGapsOnly && !lackOf(location, number)) return false
    return health.length === 0 || hasHealth(location, number, health)
  }
  const isNarrowed = isNarrowedBy(query)
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
  const totals = totalsOf({ locations, actions })
  return { totals, ...ordered({ locations, actions, totals }, query) }
}

type Unordered = Pick<Shown, 'locations' | 'actions' | 'totals'>

/** Puts those with most webhooks in trouble first, if asked for; equals keep their order. */
function ordered({ locations, actions, totals }: Unordered, { open, isByTrouble }: CoverageQuery) {
  if (!isByTrouble) return { locations, ...columnsOf(COVERAGE_GROUPS, actions, open) }
  const { byLocation, byAction, byGroup } = totals
  return {
    locations: troubledFirst(locations, ({ id }) => byLocation.get(id)),
    ...columnsOf(
      troubledFirst(COVERAGE_GROUPS, (group) => byGroup.get(group)),
      troubledFirst(actions, ({ number }) => byAction.get(number)),
      open,
    ),
  }
}

function troubledFirst<Thing>(
  things: readonly Thing[],
  totalOf: (thing: Thing) => Share | undefined,
): Thing[] {
  const troubleOf = (thing: Thing) => (totalOf(thing) ?? NO_WEBHOOKS).troubled
  return things.toSorted((a, b) => troubleOf(b) - troubleOf(a))
}

/** The sum of a column: of its action, or of its whole group. */
export const totalOf = ({ action, group }: Column, { byAction, byGroup }: Totals): Share =>
  (action ? byAction.get(action.number) : byGroup.get(group)) ?? NO_WEBHOOKS

/** True if only gaps, or only some states of health, are asked for. */
export const isNarrowedBy = ({ isGapsOnly, health }: CoverageQuery) =>
  isGapsOnly || health.length > 0

function hasHealth(location: CoverageLocation, number: number, health: HealthState[]): boolean {
  return location.cells.get(number)?.rows.some((row) => health.includes(row.health)) ?? false
}

function columnsOf(
  order: readonly CoverageGroup[],
  actions: readonly CoverageAction[],
  open: readonly CoverageGroup[],
) {
  const columns: Column[] = []
  const groups: ShownGroup[] = []
  for (const group of order) {
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
  return { columns, groups, actions: groups.flatMap(({ actions: within }) => within) }
}
