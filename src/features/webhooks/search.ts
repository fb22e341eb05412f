import * as z from 'zod/mini'

import { HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { toggle, writeList } from '#ui/hooks/chosen.ts'

// the router reads "2" as a number, whatever its parser is told
const word = z.union([z.string(), z.number(), z.boolean()])
const text = z.optional(z.catch(z.pipe(word, z.transform(String)), ''))

/** The list in its address, as plain words: `?health=failing,stopped&locations=1400000001`. */
export const listSearchSchema = z.object({
  q: text,
  health: text,
  locations: text,
  actions: text,
  sort: text,
  dir: text,
  page: text,
})

/** What a link may fill into a new webhook. It never saves anything. */
export const prefillSchema = z.object({
  location: text,
  action: text,
  url: text,
  name: text,
  /** The webhook to start from. */
  copy: text,
})

/** What the panel of a webhook shows: its form, unless it says `history`. */
export const tabSchema = z.object({ tab: text })

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
  const dropped: string[] = []
  const drop = (name: string, value: string) => dropped.push(`${name}=${value}`)

  const list = <Value>(name: FilterName, read: (word: string) => Value | undefined) =>
    words(search[name]).flatMap((word) => {
      const value = read(word)
      if (value === undefined) drop(name, word)
      return value === undefined ? [] : [value]
    })

  const health = list('health', (word) => HEALTH_STATES.find((state) => state === word))
  const locations = list('locations', wholeNumber)
  const actions = list('actions', (word) =>
    word === String(UNREAD_ACTION) ? UNREAD_ACTION : wholeNumber(word),
  )
  const sort = SORT_KEYS.find((key) => key === search.sort)
  if (search.sort && !sort) drop('sort', search.sort)
  const page = search.page === undefined ? 1 : wholeNumber(search.page)
  if (page === undefined && search.page) drop('page', search.page)

  const query: ListQuery = {
    health,
    locations,
    actions,
    sort: sort ?? 'attention',
    isDescending: search.dir === 'desc',
    page: page ?? 1,
  }
  return { query, dropped }
}

const words = (value: string | undefined) => value?.split(',').filter(Boolean) ?? []

function wholeNumber(word: string): number | undefined {
  const value = Number(word)
  return Number.isSafeInteger(value) && value > 0 ? value : undefined
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
