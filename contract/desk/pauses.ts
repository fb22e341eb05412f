import * as z from 'zod/mini'

import { recordIdSchema } from './ids.ts'
import { MAX_RUN_ITEMS } from './run.ts'

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

export const pausesSchema = z.object({
  /** True if the watch's account may switch webhooks on. */
  canResume: z.boolean(),
  pauses: z.array(pauseSchema),
})

export const newPausesSchema = z.object({
  webhookIds: z.array(recordIdSchema).check(z.minLength(1), z.maxLength(MAX_RUN_ITEMS)),
  until: z.iso.datetime(),
  reason: z.string().check(z.trim(), z.maxLength(500)),
})

export type Pause = z.infer<typeof pauseSchema>
export type Pauses = z.infer<typeof pausesSchema>
export type NewPauses = z.infer<typeof newPausesSchema>
