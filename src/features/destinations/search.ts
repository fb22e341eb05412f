import * as z from 'zod/mini'

import { searchText } from '#ui/hooks/search-params.ts'

/** The destinations in their address: a search, or a host that is to move, and where to. */
export const destinationsSearchSchema = z.object({
  q: searchText,
  move: searchText,
  to: searchText,
})
