import * as z from 'zod/mini'

import { STEPS } from './attention.ts'

// what a signed webhook channel gets, published in docs/events.md: fields are added, never taken away

/** Kinds of events. A receiver has to ignore those it does not know. */
export const EVENT_TYPES = [
  'webhooks.found',
  'webhooks.failing',
  'webhooks.stopped',
  'webhooks.quiet',
  'webhooks.working',
  'webhooks.still_open',
  'watch.blind',
  'watch.sees_again',
  'test',
] as const

const instant = z.string()

const eventWebhookSchema = z.object({
  id: z.int(),
  name: z.string(),
  location_id: z.int(),
  location: z.string(),
  action: z.int(),
  /** Failures in a row, as counted by Nexudus. */
  failures: z.int(),
  stopped: z.boolean(),
  /** The receiver's words, without secrets. */
  error: z.nullable(z.string()),
})

export const eventSchema = z.object({
  type: z.enum(EVENT_TYPES),
  /** The time at which it was seen. */
  timestamp: instant,
  data: z.object({
    /** The same from the first event of a story to the last; `null` if it is about several. */
    incident: z.nullable(z.int()),
    /** The same text that people get. */
    summary: z.string(),
    /** The page about it, behind a sign-in. */
    url: z.string(),
    host: z.nullable(z.string()),
    step: z.nullable(z.enum(STEPS)),
    /** First seen then; and for the end of a story, last seen then. */
    since: instant,
    until: z.nullable(instant),
    webhooks: z.array(eventWebhookSchema),
    /** Webhooks beyond the twenty that are listed. */
    more: z.int(),
    /** The reason the watch cannot see. */
    trouble: z.nullable(z.string()),
  }),
})

export type DeskEvent = z.infer<typeof eventSchema>
