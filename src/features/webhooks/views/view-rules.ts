import type { SavedView } from '#contract/desk/views.ts'
import {
  listSearchSchema,
  readListSearch,
  type ListQuery,
  type ListSearch,
} from '#features/webhooks/search.ts'
import { parseSearch, writeList, writeSearch } from '#ui/hooks/search-params.ts'

/** The content of the list: its filters and order, and the text as typed so far. */
export type Shown = { query: ListQuery; text: string }

/** The address of a view. Filters that are not known stay in it, and the list reports them. */
export function searchOf({ search }: Pick<SavedView, 'search'>): ListSearch {
  return { ...listSearchSchema.parse(parseSearch(search)), page: undefined }
}

/** Filters and order as a view keeps them: without the page, and the same however they came about. */
export function writeShown({ query, text }: Shown): string {
  const { health, locations, actions, sort, isDescending } = query
  return writeSearch({
    q: text.trim() || undefined,
    health: writeList(health.toSorted()),
    locations: writeList(locations.toSorted((a, b) => a - b)),
    actions: writeList(actions.toSorted((a, b) => a - b)),
    sort: sort === 'attention' ? undefined : sort,
    dir: isDescending ? 'desc' : undefined,
  }).slice(1)
}

const shownBy = (view: SavedView) => {
  const search = searchOf(view)
  return writeShown({ query: readListSearch(search).query, text: search.q ?? '' })
}

export type Standing = {
  /** True if the list has no filter, and its own order. */
  isPlain: boolean
  /** The view whose filters and order are the present ones. */
  current: SavedView | undefined
  /** The view that was opened last, if its filters or order were altered since. */
  altered: SavedView | undefined
}

/** Says which view the list stands on. `openedId`: the view that was opened last. */
export function standingOf(
  views: readonly SavedView[],
  shown: Shown,
  openedId: string | null,
): Standing {
  const search = writeShown(shown)
  const isPlain = search === ''
  const equal = views.filter((view) => shownBy(view) === search)
  // two people may save the same filters
  const current = equal.find(({ id }) => id === openedId) ?? equal[0]
  const opened = views.find(({ id }) => id === openedId)
  return { isPlain, current, altered: isPlain || current ? undefined : opened }
}

export type ViewRights = { mayChange: boolean; mayShare: boolean; mayDelete: boolean }

/** Says what a person may do to a view; the server decides by the same rules. */
export function rightsTo({ isOwn, isShared }: SavedView, isAdministrator: boolean): ViewRights {
  const mayChange = isOwn && (isAdministrator || !isShared)
  const mayShare = isOwn && (isAdministrator || isShared)
  const mayDelete = isOwn || (isShared && isAdministrator)
  return { mayChange, mayShare, mayDelete }
}
