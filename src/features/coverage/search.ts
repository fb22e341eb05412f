import * as z from 'zod/mini'

import { searchText } from '#ui/hooks/search-params.ts'

/** The state of the page in its address: `?open=billing&locations=1400000002&gaps=only`. */
export const coverageSearchSchema = z.object({
  view: searchText,
  groups: searchText,
  open: searchText,
  locations: searchText,
  health: searchText,
  actions: searchText,
  gaps: searchText,
  sort: searchText,
})

export type CoverageSearch = z.infer<typeof coverageSearchSchema>
