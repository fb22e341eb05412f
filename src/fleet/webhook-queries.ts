import { queryOptions, skipToken } from '@tanstack/react-query'

import { FLEET_KEY, showInFleet } from './fleet-cache.ts'
import { getWebhook, listLocations, readFleet, type FleetSoFar } from './webhook-api.ts'

const READ_AGAIN_MS = 60_000

export const webhookQueries = {
  all: () => ['webhooks'] as const,

  fleet: () =>
    queryOptions({
      queryKey: FLEET_KEY,
      queryFn: async ({ signal, client }) => {
        const isFirst = client.getQueryData(FLEET_KEY) === undefined
        const { queryKey } = webhookQueries.soFar()
        const tell = (soFar: FleetSoFar) => client.setQueryData(queryKey, soFar)
        const reading = await readFleet(signal, isFirst ? tell : undefined)
        client.removeQueries({ queryKey })
        return reading
      },
      refetchInterval: READ_AGAIN_MS,
    }),

  /** The part that has arrived, during the very first reading; nothing before and after. */
  soFar: () =>
    queryOptions<FleetSoFar | null>({
      queryKey: ['webhooks', 'so-far'],
      queryFn: skipToken,
    }),

  detail: (id: number) =>
    queryOptions({
      queryKey: [...webhookQueries.all(), 'detail', id],
      queryFn: async ({ signal, client }) => {
        const webhook = await getWebhook(id, signal)
        // passes the description to the list, because only the whole record has it
        showInFleet(client, webhook)
        return webhook
      },
      // the form shows this record, and compares against it when it is saved
      staleTime: 0,
    }),
}

export const locationQueries = {
  all: () => ['locations'] as const,

  reading: () =>
    queryOptions({
      queryKey: [...locationQueries.all(), 'list'],
      queryFn: ({ signal }) => listLocations(signal),
      staleTime: 10 * READ_AGAIN_MS,
    }),

  list: () => queryOptions({ ...locationQueries.reading(), select: ({ rows }) => rows }),
}
