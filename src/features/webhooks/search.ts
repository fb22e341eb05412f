import * as z from 'zod/mini'

import { HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { toggle } from '#ui/hooks/chosen.ts'
import { oneOf, searchReader, searchText, wholeNumber, writeList } from '#ui/hooks/search-params.ts'

/** The list in its address, as plain words: `?health=failing,stopped&locations=1400000001`. */
export const listSearchSchema = z.object({
  q: searchText,
  health: searchText,
  locations: searchText,
  actions: searchText,
  sort: searchText,
  dir: searchText,
  page: searchText,
})

/** What a link may fill into a new webhook. It never saves anything. */
export const prefillSchema = z.object({
  location: searchText,
  action: searchText,
  url: searchText,
  name: searchText,
  /** The webhook to start from. */
  copy: searchText,
})

/** What the panel of a webhook shows: its form, unless it says `history`. */
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

/** What the list shows, read from its address. */
export type ListQuery = {
  health: HealthState[]
  locations: number[]
  actions: number[]
  sort: SortKey
  isDescending: boolean
  page: number
}

/** Reads the address, and says what in it means nothing, as the person wrote it. */
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

/** The address with one value more in a filter, or without it where it has it. */
export function toggled<Name extends FilterName>(
  now: ListSearch,
  name: Name,
  value: ListQuery[Name][number],
): Pick<ListSearch, FilterName> {
  const { [name]: chosen } = readListSearch(now).query
  return { [name]: writeList(toggle<string | number>(chosen, value)) }
}
