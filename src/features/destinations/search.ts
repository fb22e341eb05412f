import * as z from 'zod/mini'

import { searchText } from '#ui/hooks/search-params.ts'

/**
 * The state of the page in its address: a search, a host to move and its new host, one to repair, or
 * one whose timeline is shown.
 */
export const destinationsSearchSchema = z.object({
  q: searchText,
  move: searchText,
  to: searchText,
  /** A host whose stopped webhooks are to be switched on. */
  repair: searchText,
  timeline: searchText,
})
