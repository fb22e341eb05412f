import * as z from 'zod/mini'

// the router reads "2" as a number, whatever its parser is told
const word = z.union([z.string(), z.number(), z.boolean()])
const text = z.optional(z.catch(z.pipe(word, z.transform(String)), ''))

/** The destinations in their address: a search, or a host that is to move, and where to. */
export const destinationsSearchSchema = z.object({ q: text, move: text, to: text })
