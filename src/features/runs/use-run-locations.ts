import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { Location } from '#contract/nexudus/location.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'

import type { Locations } from './item-search.ts'

const NONE: readonly Location[] = []

/** Locations by id, to name those of a run's items; empty until they are read. */
export function useRunLocations(): Locations {
  const { data = NONE } = useQuery(locationQueries.list())
  return useMemo(() => new Map(data.map((location) => [location.Id, location])), [data])
}
