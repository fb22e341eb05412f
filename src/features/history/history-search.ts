import * as z from 'zod/mini'

import { searchText } from '#ui/hooks/search-params.ts'

/** The filters of the changes in the address: `?by=ana@example.com&from=2026-11-01`. */
export const historySearchSchema = z.object({
  by: searchText,
  webhook: searchText,
  location: searchText,
  run: searchText,
  kind: searchText,
  from: searchText,
  until: searchText,
})

export type HistorySearch = z.infer<typeof historySearchSchema>
