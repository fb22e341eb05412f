import { HISTORY_CHOICES } from '#contract/desk/history.ts'
import { oneOf, searchReader, wholeNumber } from '#ui/hooks/search-params.ts'

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
  const kind = one('kind', oneOf(HISTORY_CHOICES))
  const [from, until] = [one('from', (day) => startOf(day)), one('until', endOf)]
  const filter: HistoryFilter = {
    ...(by && { by }),
    ...(webhook && { webhook }),
    ...(location !== undefined && { location }),
    ...(run !== undefined && { run }),
    ...(kind && { kind }),
    ...(from && { from }),
    ...(until && { until }),
  }
  return { filter, dropped }
}

/** The beginning of a day, `2026-11-30`, in the reader's zone; or of one that comes later. */
function startOf(day: string, later = 0): string | undefined {
  const [, year = 0, month = 0, date = 0] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)?.map(Number) ?? []
  const start = new Date(year, month - 1, date)
  const isThere = year > 0 && start.getMonth() === month - 1 && start.getDate() === date
  return isThere ? new Date(year, month - 1, date + later).toISOString() : undefined
}

const endOf = (day: string) => startOf(day, 1)

/** The desk would refuse a higher one. */
const LAST_RUN = 999_999_999
