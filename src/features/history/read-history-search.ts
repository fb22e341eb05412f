import { searchReader, wholeNumber } from '#ui/hooks/search-params.ts'

import type { HistoryFilter } from './history-api.ts'
import type { HistorySearch } from './history-search.ts'

/** Reads the address, and returns the parts it does not understand as the person wrote them. */
export function readHistorySearch(search: HistorySearch): {
  filter: HistoryFilter
  dropped: string[]
} {
  const { one, dropped } = searchReader(search)
  const [by, webhook] = [search.by?.trim(), search.webhook?.trim()]
  const location = one('location', wholeNumber())
  const run = one(
    'run',
    wholeNumber((id) => id <= LAST_RUN),
  )
  const filter: HistoryFilter = {
    ...(by && { by }),
    ...(webhook && { webhook }),
    ...(location !== undefined && { location }),
    ...(run !== undefined && { run }),
  }
  return { filter, dropped }
}

/** The desk would refuse a higher one. */
const LAST_RUN = 999_999_999
