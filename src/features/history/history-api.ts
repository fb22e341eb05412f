import { download } from '#api/download.ts'
import { request } from '#api/request.ts'
import { historyPageSchema, historyPeopleSchema } from '#contract/desk/history.ts'

export type HistoryFilter = { by?: string; webhook?: string; location?: number; run?: number }

export function listHistory(filter: HistoryFilter, before: number | null, signal: AbortSignal) {
  const query = queryOf({ ...filter, ...(before !== null && { before }) })
  return request(historyPageSchema, `/desk/history${query}`, { signal })
}

export async function listPeople(signal: AbortSignal): Promise<string[]> {
  return (await request(historyPeopleSchema, '/desk/history/people', { signal })).people
}

/** All of it that matches, as a file of the person's. */
export const exportHistory = (filter: HistoryFilter) =>
  download(`/desk/history.csv${queryOf(filter)}`)

function queryOf(values: Record<string, string | number>): string {
  const pairs = Object.entries(values).map(([name, value]) => [name, String(value)])
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''
}
