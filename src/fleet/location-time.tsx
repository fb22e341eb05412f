import { queryOptions, skipToken, useQuery } from '@tanstack/react-query'

import { locationName } from '#contract/nexudus/location.ts'
import { dateFormat } from '#ui/text/time.ts'

import { getTimeZone } from './webhook-api.ts'
import { locationQueries } from './webhook-queries.ts'
import { WINDOWS_ZONES } from './windows-zones.ts'

/** The name of a zone does not change while the page is open. */
const zoneQuery = (id: number | null | undefined) =>
  queryOptions({
    queryKey: ['time-zone', id],
    queryFn: id == null ? skipToken : ({ signal }) => getTimeZone(id, signal),
    staleTime: Infinity,
    retry: false,
  })

/**
 * The time of day at a location, if its clocks show another than the reader's; nothing while its
 * zone is unknown.
 */
export function LocationTime({ at, locationId }: { at: number; locationId: number }) {
  const { data: locations } = useQuery(locationQueries.list())
  const location = locations?.find(({ Id }) => Id === locationId)
  const { data: zone } = useQuery(zoneQuery(location?.SimpleTimeZoneId))
  const timeZone = zone && WINDOWS_ZONES.get(zone.Name.trim())
  const there = timeZone && clock(timeZone)?.format(at)
  if (!location || !there || there === clock(undefined)?.format(at)) return null
  return (
    <span>
      {' · '}
      {there} at <bdi>{locationName(location)}</bdi> ({timeZone})
    </span>
  )
}

/** `undefined` for a zone that this browser is too old to know. */
function clock(timeZone: string | undefined): Intl.DateTimeFormat | undefined {
  try {
    return dateFormat({
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    })
  } catch {
    return undefined
  }
}
