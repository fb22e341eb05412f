import { download } from '#api/download.ts'
import { request } from '#api/request.ts'
import {
  historyPageSchema,
  historyPeopleSchema,
  type HistoryChoice,
} from '#contract/desk/history.ts'
import { saveFile } from '#ui/hooks/save-file.ts'
import { writeSearch } from '#ui/hooks/search-params.ts'

export type HistoryFilter = {
  by?: string
  webhook?: string
  location?: number
  run?: number
  kind?: HistoryChoice
  /** The time, as ISO 8601. */
  from?: string
  until?: string
}

export type HistoryOf = HistoryFilter & {
  /** True if the changes of a run are one entry. */
  grouped?: boolean
}

export function listHistory(filter: HistoryOf, before: number | null, signal: AbortSignal) {
  const query = writeSearch({ ...filter, before: before ?? undefined })
  return request(historyPageSchema, `/desk/history${query}`, { signal })
}

export async function listPeople(signal: AbortSignal): Promise<string[]> {
  return (await request(historyPeopleSchema, '/desk/history/people', { signal })).people
}

/** All matching entries, as a file to save. */
export const exportHistory = async (filter: HistoryFilter) =>
  saveFile(await download(`/desk/history.csv${writeSearch(filter)}`))
