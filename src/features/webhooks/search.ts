import * as z from 'zod/mini'

import { HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { toggle } from '#ui/hooks/chosen.ts'
import { oneOf, searchReader, searchText, wholeNumber, writeList } from '#ui/hooks/search-params.ts'

/**
 * The state of the list in its address, in plain words:
 * `?health=failing,stopped&locations=1400000001`.
 */
export const listSearchSchema = z.object({
  q: searchText,
  health: searchText,
  locations: searchText,
  actions: searchText,
  sort: searchText,
  dir: searchText,
  page: searchText,
})

/** The values that a link may fill into a new webhook. A link never saves anything. */
export const prefillSchema = z.object({
  location: searchText,
  action: searchText,
  url: searchText,
  name: searchText,
  /** The webhook to start from. */
  copy: searchText,
})

/** The tab of a webhook's panel: the form, unless it is `history`. */
export const tabSchema = z.object({ tab: searchText })

export type ListSearch = z.infer<typeof listSearchSchema>
export type Prefill = z.infer<typeof prefillSchema>

export const SORT_KEYS = [
  'attention',
  'name',
  'location',
  'action',
  'destination',
  'triggered',
  'active',
] as const

export type SortKey = (typeof SORT_KEYS)[number]

/** The query of the list, read from its address. */
export type ListQuery = {
  health: HealthState[]
  locations: number[]
  actions: number[]
  sort: SortKey
  isDescending: boolean
  page: number
}

/** Reads the address, and returns the parts it does not understand as the person wrote them. */
export function readListSearch(search: ListSearch): { query: ListQuery; dropped: string[] } {
  const { one, list, dropped } = searchReader(search)
  const query: ListQuery = {
    health: list('health', oneOf(HEALTH_STATES)),
    locations: list('locations', wholeNumber()),
    actions: list('actions', (word) =>
      word === String(UNREAD_ACTION) ? UNREAD_ACTION : wholeNumber()(word),
    ),
    sort: one('sort', oneOf(SORT_KEYS)) ?? 'attention',
    isDescending: search.dir === 'desc',
    page: one('page', wholeNumber()) ?? 1,
  }
  return { query, dropped }
}

export type FilterName = 'health' | 'locations' | 'actions'

/** The address with a value added to a filter, or removed if it is there. */
export function toggled<Name extends FilterName>(
  now: ListSearch,
  name: Name,
  value: ListQuery[Name][number],
): Pick<ListSearch, FilterName> {
  const { [name]: chosen } = readListSearch(now).query
  return { [name]: writeList(toggle<string | number>(chosen, value)) }
}
