import * as z from 'zod/mini'

import { oneOf, searchReader, searchText } from '#ui/hooks/search-params.ts'

import { DESTINATION_ORDERS, type DestinationOrder } from './destination-order.ts'

/**
 * The state of the page in its address: a search and an order, a host to move and its new host, one to
 * repair, or one whose timeline is shown.
 */
export const destinationsSearchSchema = z.object({
  q: searchText,
  /** The order of the hosts: `urgent` unless it says another. */
  sort: searchText,
  move: searchText,
  to: searchText,
  /** A host whose stopped webhooks are to be switched on. */
  repair: searchText,
  timeline: searchText,
})

export type DestinationsSearch = z.infer<typeof destinationsSearchSchema>

/** Reads the order, and returns it as the person wrote it if Hookdesk does not know it. */
export function readDestinationOrder(search: DestinationsSearch): {
  order: DestinationOrder
  dropped: string[]
} {
  const { one, dropped } = searchReader({ sort: search.sort })
  return { order: one('sort', oneOf(DESTINATION_ORDERS)) ?? 'urgent', dropped }
}
