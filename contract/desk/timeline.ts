import * as z from 'zod/mini'

import { HEALTH_STATES } from '#contract/nexudus/health.ts'

import { recordIdSchema, writtenId } from './ids.ts'

const instant = z.string()

/** Hours that a timeline may span: a day, a week, 30 days. */
export const TIMELINE_HOURS = [24, 168, 720] as const

/** Events that the watch sees between two looks. */
export const TRANSITION_KINDS = [
  'appeared',
  'fired',
  'failing',
  'stopped',
  'off',
  'on',
  'recovered',
  'quiet',
  'gone',
  'back',
] as const

/** Spans of one state each, without gaps between them; `null` for unknown. */
const statesSchema = z.array(
  z.object({ from: instant, to: instant, health: z.nullable(z.enum(HEALTH_STATES)) }),
)

const spanSchema = {
  from: instant,
  to: instant,
  /** Spans in which no look was complete: the state shown there is the one from before. */
  blind: z.array(z.object({ from: instant, to: instant })),
}

/** Most webhooks whose states are asked for at once. */
export const STRIPS_AT_MOST = 100

/** The states of several webhooks over the same span. */
export const stripsSchema = z.object({
  ...spanSchema,
  strips: z.array(z.object({ webhookId: z.int(), states: statesSchema })),
})

const IDS = /^\d{1,16}(,\d{1,16})*$/

export const stripsAskedSchema = z.object({
  /** Ids of webhooks, at most a hundred. */
  ids: z.pipe(
    z.pipe(
      z.string().check(z.regex(IDS)),
      z.transform((text) => text.split(',').map(Number)),
    ),
    z.array(z.int()).check(z.maxLength(STRIPS_AT_MOST)),
  ),
  hours: z.pipe(z.pipe(z.string(), z.transform(Number)), z.literal([24, 336])),
})

export const timelineSchema = z.object({
  ...spanSchema,
  /** The worst at each moment, if there are several webhooks. */
  states: statesSchema,
  /**
   * The last time in which a stopped webhook missed events, if it reaches into the span, and the hours
   * of it in which it usually fires, if that is known. `null` for several webhooks.
   */
  loss: z.nullable(
    z.object({ from: instant, to: z.nullable(instant), usualHours: z.nullable(z.int()) }),
  ),
  /** All transitions in the span, of which the newest are listed. */
  count: z.int(),
  /** Newest first. */
  transitions: z.array(
    z.object({
      id: z.int(),
      webhookId: z.int(),
      name: z.string(),
      kind: z.enum(TRANSITION_KINDS),
      healthBefore: z.nullable(z.enum(HEALTH_STATES)),
      /** The state afterwards. */
      health: z.enum(HEALTH_STATES),
      /** It happened between this look and the one before. */
      seenAt: instant,
      afterLookAt: z.nullable(instant),
      /** The time according to Nexudus, if it dates this. */
      happenedAt: z.nullable(instant),
      countFrom: z.nullable(z.int()),
      countTo: z.nullable(z.int()),
      error: z.nullable(z.string()),
    }),
  ),
})

const hours = z.optional(
  z.pipe(z.pipe(z.string(), z.transform(Number)), z.literal([...TIMELINE_HOURS])),
)

export const timelineAskedSchema = z.object({ hours })

/** A host with its port, if it has one; longer than any name that exists. */
const host = z.string().check(z.minLength(1), z.maxLength(300))

export const timelineHostSchema = z.object({ hours, host })

/** Either a webhook or a host. */
export const timelineOfSchema = z.union([
  z.strictObject({ hours, webhook: writtenId(recordIdSchema) }),
  z.strictObject({ hours, host }),
])

export type Strips = z.infer<typeof stripsSchema>
/** The states of one webhook over a span. */
export type Strip = Pick<Timeline, 'from' | 'to' | 'blind' | 'states'>
export type Timeline = z.infer<typeof timelineSchema>
