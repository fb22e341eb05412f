import * as z from 'zod/mini'

// the router reads "2" as a number, whatever its parser is told
const word = z.union([z.string(), z.number(), z.boolean()])
const text = z.optional(z.catch(z.pipe(word, z.transform(String)), ''))

/** What the history is narrowed to, in its address: `?by=ana@example.com&location=1400000002`. */
export const historySearchSchema = z.object({ by: text, webhook: text, location: text, run: text })

export type HistorySearch = z.infer<typeof historySearchSchema>
