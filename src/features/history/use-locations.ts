import { useQuery } from '@tanstack/react-query'

import type { Location } from '#contract/nexudus/location.ts'
import type { ListReading } from '#contract/nexudus/page.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'

const NONE = new Map<number, Location>()

const byId = ({ rows }: ListReading<Location>) =>
  new Map(rows.map((location) => [location.Id, location]))

/** The locations by number; without them an entry shows its location's number. */
export function useLocations(): Map<number, Location> {
  return useQuery({ ...locationQueries.reading(), select: byId }).data ?? NONE
}
