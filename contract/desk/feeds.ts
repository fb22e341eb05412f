import * as z from 'zod/mini'

/** A person's private feeds; their addresses are shown once, when they are made. */
export const feedsSchema = z.object({
  madeAt: z.nullable(z.string()),
  usedAt: z.nullable(z.string()),
  /** Addresses of a feed of incidents, and of a calendar of pauses. */
  addresses: z.optional(z.object({ atom: z.string(), ical: z.string() })),
})

export type Feeds = z.infer<typeof feedsSchema>
