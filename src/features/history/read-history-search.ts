import type { HistoryFilter } from './history-api.ts'
import type { HistorySearch } from './history-search.ts'

/** Reads the address, and says what in it means nothing, as the person wrote it. */
export function readHistorySearch({ by, webhook, location, run }: HistorySearch): {
  filter: HistoryFilter
  dropped: string[]
} {
  const [ofLocation, ofRun] = [wholeNumber(location, 15), wholeNumber(run, 9)]
  const dropped = [
    ...(location && ofLocation === undefined ? [`location=${location}`] : []),
    ...(run && ofRun === undefined ? [`run=${run}`] : []),
  ]
  const filter: HistoryFilter = {
    ...(by?.trim() && { by: by.trim() }),
    ...(webhook?.trim() && { webhook: webhook.trim() }),
    ...(ofLocation !== undefined && { location: ofLocation }),
    ...(ofRun !== undefined && { run: ofRun }),
  }
  return { filter, dropped }
}

/** Of no more digits than such a number can have; the desk would refuse it. */
function wholeNumber(text: string | undefined, atMost: number): number | undefined {
  if (!text || !/^\d+$/.test(text) || text.length > atMost) return undefined
  return Number(text) || undefined
}
