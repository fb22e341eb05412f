import * as z from 'zod/mini'

import { HEALTH_STATES } from '#contract/nexudus/health.ts'

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
  'gone',
  'back',
] as const

export const timelineSchema = z.object({
  from: instant,
  to: instant,
  /** Spans of one state each, without gaps between them; `null` for unknown. */
  states: z.array(
    z.object({ from: instant, to: instant, health: z.nullable(z.enum(HEALTH_STATES)) }),
  ),
  /** Spans in which no look was complete: the state shown there is the one from before. */
  blind: z.array(z.object({ from: instant, to: instant })),
  /** Newest first. */
  transitions: z.array(
    z.object({
      id: z.int(),
      kind: z.enum(TRANSITION_KINDS),
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

export const timelineAskedSchema = z.object({
  hours: z.optional(
    z.pipe(z.pipe(z.string(), z.transform(Number)), z.literal([...TIMELINE_HOURS])),
  ),
})

export type Timeline = z.infer<typeof timelineSchema>
