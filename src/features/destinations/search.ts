import * as z from 'zod/mini'

import { searchText } from '#ui/hooks/search-params.ts'

/** The state of the page in its address: a search, or a host to move and its new host. */
export const destinationsSearchSchema = z.object({
  q: searchText,
  move: searchText,
  to: searchText,
})
