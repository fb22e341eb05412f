import * as z from 'zod/mini'

import { recordIdSchema } from './ids.ts'
import { MAX_RUN_ITEMS } from './run.ts'
import { timeOfDaySchema } from './time-of-day.ts'

const instant = z.string()

/**
 * `waiting` for its end. Then `resumed`, or not: `touched` since by somebody, `gone`, `no_right` of
 * the watch's account to edit, or `failed` for a day.
 */
export const PAUSE_STATES = ['waiting', 'resumed', 'touched', 'gone', 'no_right', 'failed'] as const

export type PauseState = (typeof PAUSE_STATES)[number]

const pauseSchema = z.object({
  webhookId: z.int(),
  businessId: z.int(),
  name: z.string(),
  until: instant,
  by: z.string(),
  askedAt: instant,
  reason: z.nullable(z.string()),
  state: z.enum(PAUSE_STATES),
  /** The last reason it could not be resumed, as a failure's code. */
  problem: z.nullable(z.string()),
  settledAt: z.nullable(instant),
})

/** Monday is 1, as in ISO 8601. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

const weekdaySchema = z.literal(WEEKDAYS)

const hours = {
  /** The days on which it begins. */
  days: z.array(weekdaySchema).check(z.minLength(1), z.maxLength(7)),
  /** Times on the clock of the zone; the end is on the next day if it is not after the begin. */
  from: timeOfDaySchema,
  until: timeOfDaySchema,
  /** An IANA name. */
  zone: z.string().check(z.maxLength(100)),
}

/** Hours of the week in which webhooks are paused, every week. */
const pauseWindowSchema = z.object({
  id: z.string(),
  by: z.string(),
  reason: z.nullable(z.string()),
  ...hours,
  /** Those at locations that the person may see. */
  webhooks: z.array(z.object({ webhookId: z.int(), businessId: z.int(), name: z.string() })),
  /** The time that lasts or comes next. */
  beginsAt: instant,
  endsAt: instant,
  /**
   * The reason that the last time was not carried out as planned: `missed` by every process,
   * `no_right` of the watch's account to edit, or a failure's code.
   */
  problem: z.nullable(z.string()),
  /** False if some of its webhooks are at locations that the person may not see. */
  mayRemove: z.boolean(),
})

export const pausesSchema = z.object({
  /** True if the watch's account may switch webhooks. */
  canResume: z.boolean(),
  pauses: z.array(pauseSchema),
  windows: z.array(pauseWindowSchema),
})

/** Each begin takes its calls to Nexudus, one after the other. */
export const MAX_WINDOW_WEBHOOKS = 500

export const newPauseWindowSchema = z.object({
  webhookIds: z.array(recordIdSchema).check(z.minLength(1), z.maxLength(MAX_WINDOW_WEBHOOKS)),
  ...hours,
  reason: z.string().check(z.trim(), z.maxLength(500)),
})

export const newPausesSchema = z.object({
  webhookIds: z.array(recordIdSchema).check(z.minLength(1), z.maxLength(MAX_RUN_ITEMS)),
  until: z.iso.datetime(),
  reason: z.string().check(z.trim(), z.maxLength(500)),
})

export type Pause = z.infer<typeof pauseSchema>
export type Pauses = z.infer<typeof pausesSchema>
export type NewPauses = z.infer<typeof newPausesSchema>
export type Weekday = (typeof WEEKDAYS)[number]
export type PauseWindow = z.infer<typeof pauseWindowSchema>
export type NewPauseWindow = z.infer<typeof newPauseWindowSchema>
