import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useMemo, useState } from 'react'

import { useMay } from '#features/session/use-desk.ts'

import { createFleetReader, type Fleet } from './fleet.ts'
import { locationQueries, webhookQueries } from './webhook-queries.ts'

const NONE: never[] = []

export type FleetInUse = ReturnType<typeof useReadFleet>

/** The fleet, which the page prepares once for all its parts. */
export const FleetContext = createContext<FleetInUse | undefined>(undefined)

export function useFleet(): FleetInUse {
  const fleet = useContext(FleetContext)
  if (!fleet) throw new Error('useFleet is for what stands on the page of webhooks')
  return fleet
}

/**
 * The fleet as last read, ready to be searched, and the state of reading it. `withPart`: during the
 * very first reading also the part that has arrived; not for what counts or compares webhooks.
 */
export function useReadFleet({ withPart = false } = {}) {
  const { data: soFar } = useQuery(webhookQueries.soFar())
  const part = withPart ? soFar : undefined
  const fleet = useQuery(webhookQueries.fleet())
  const locations = useQuery(locationQueries.list())
  const hidesPaths = !useMay('WebHook-Edit')
  const [read] = useState(() => createFleetReader({ hidesPaths }))

  const { webhooks, facts } = fleet.data ?? part ?? {}
  // measured: 40 ms for 10,000 records, so only when there are new ones
  const prepared: Fleet = useMemo(
    () => read(webhooks ?? NONE, locations.data ?? NONE, facts),
    [read, webhooks, facts, locations.data],
  )
  const isPart = !fleet.data && webhooks !== undefined && webhooks.length > 0
  return { ...prepared, fleet, isPart, locationsFailed: locations.isError }
}
