import * as z from 'zod/mini'

// the router reads "2" as a number, whatever its parser is told
const word = z.union([z.string(), z.number(), z.boolean()])
const text = z.optional(z.catch(z.pipe(word, z.transform(String)), ''))

/** Coverage in its address: `?open=billing&locations=1400000002&gaps=only`. */
export const coverageSearchSchema = z.object({
  view: text,
  groups: text,
  open: text,
  locations: text,
  health: text,
  actions: text,
  gaps: text,
})

export type CoverageSearch = z.infer<typeof coverageSearchSchema>
