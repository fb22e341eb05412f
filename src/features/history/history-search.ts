import * as z from 'zod/mini'

import type { HistoryFilter } from './history-api.ts'

// the router reads "2" as a number, whatever its parser is told
const word = z.union([z.string(), z.number(), z.boolean()])
const text = z.optional(z.catch(z.pipe(word, z.transform(String)), ''))

/** What the history is narrowed to, in its address: `?by=ana@example.com&location=1400000002`. */
export const historySearchSchema = z.object({ by: text, webhook: text, location: text, run: text })

export type HistorySearch = z.infer<typeof historySearchSchema>

/** Reads the address, and says what in it means nothing, as the person wrote it. */
export function readHistorySearch({ by, webhook, location, run }: HistorySearch): {
  filter: HistoryFilter
  dropped: string[]
} {
  const [ofLocation, ofRun] = [wholeNumber(location), wholeNumber(run)]
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

function wholeNumber(text: string | undefined): number | undefined {
  return text && /^\d{1,9}$|^\d{10}$/.test(text) && Number(text) > 0 ? Number(text) : undefined
}
