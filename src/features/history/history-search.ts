import * as z from 'zod/mini'

import { searchText } from '#ui/hooks/search-params.ts'

/** The filters of the history in its address: `?by=ana@example.com&location=1400000002`. */
export const historySearchSchema = z.object({
  by: searchText,
  webhook: searchText,
  location: searchText,
  run: searchText,
})

export type HistorySearch = z.infer<typeof historySearchSchema>
