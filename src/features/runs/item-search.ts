import { actionLabel } from '#contract/actions/actions.ts'
import type { RunItem } from '#contract/desk/run.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { locationNameOf } from '#fleet/fleet.ts'
import { createSearch } from '#ui/text/search.ts'

export type Locations = Map<number, Location>

/** So many items are taken in at a glance; more are grouped by location and can be searched. */
export const AT_A_GLANCE = 20

export type Place = { id: number | null; name: string; items: readonly RunItem[] }

/** Items by their locations, in the order of the locations' names. */
export function byLocation(items: readonly RunItem[], locations: Locations): Place[] {
  return [...new Set(items.map(({ businessId }) => businessId))]
    .map((id) => ({
      id,
      name: placeName(id, locations),
      items: items.filter(({ businessId }) => businessId === id),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

const placeName = (id: number | null, locations: Locations) =>
  id === null ? 'No location' : locationNameOf(locations, id)

/** The search over a run's items: by name, location, action, and every value that changes. */
export const createItemSearch = (locations: Locations) =>
  createSearch<RunItem>(({ name, businessId, action, diff }) =>
    [
      name,
      placeName(businessId, locations),
      action !== null && actionLabel(action),
      ...diff.flatMap(({ from, to }) => [from, to]),
    ]
      .filter(Boolean)
      .join(' '),
  )
