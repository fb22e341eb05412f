import * as z from 'zod/mini'

/** Good checks in a row after which a stopped webhook is switched on. */
export const CHECKS_NEEDED = 3

/** Times within a week that a webhook is switched on by itself. */
export const RESTARTS_A_WEEK = 2

/** A stopped webhook that Hookdesk switches on by itself, once its URL answers again. */
export const recoverySchema = z.object({
  webhookId: z.int(),
  /** The person who asked for it. */
  by: z.string(),
  /** False once it has stopped so often that switching it on does not mend it. */
  isOn: z.boolean(),
  /** Good checks in a row since it stopped. */
  goodChecks: z.int(),
  checkedAt: z.nullable(z.string()),
  /** The reason the last check was not good, or that nothing is done: a code. */
  problem: z.nullable(z.string()),
})

export const recoveriesSchema = z.object({
  /** False if the watch's account may not switch webhooks on. */
  canSwitch: z.boolean(),
  recoveries: z.array(recoverySchema),
})

export type Recovery = z.infer<typeof recoverySchema>
