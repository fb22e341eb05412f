import * as z from 'zod/mini'

import { HEALTH_STATES, silenceSchema } from '#contract/nexudus/health.ts'

/** Kinds of trouble that are followed from the first word to the last. */
export const INCIDENT_KINDS = ['stopped', 'failing', 'quiet', 'blind'] as const

/** The steps at which people are told, in the order of their weight. */
export const STEPS = ['quiet', '5', '8', '9', 'stopped'] as const

const instant = z.string()

const memberSchema = z.object({
  webhookId: z.int(),
  businessId: z.int(),
  name: z.string(),
  action: z.int(),
  failures: z.int(),
  /** The receiver's words, without secrets. */
  error: z.nullable(z.string()),
  /** The evidence, if it is quiet. */
  silence: z.nullable(silenceSchema),
  joinedAt: instant,
  leftAt: z.nullable(instant),
  left: z.nullable(z.enum(['working', 'off', 'failing', 'stopped', 'elsewhere', 'gone'])),
  /** Its state at the last look; `null` if it is gone. */
  health: z.nullable(z.enum(HEALTH_STATES)),
})

export const incidentSchema = z.object({
  id: z.int(),
  kind: z.enum(INCIDENT_KINDS),
  /** Scheme, host and port of the destination; empty for the watch itself. */
  origin: z.string(),
  /** First seen then; it happened before. */
  openedAt: instant,
  /** True if it was so when the watch began. */
  wasFound: z.boolean(),
  step: z.enum(STEPS),
  closedAt: z.nullable(instant),
  /** `over`: switched off, moved or deleted, so nothing was mended. */
  outcome: z.nullable(z.enum(['working', 'over'])),
  /** The reason the watch cannot see: the code of a failure, or of a look. */
  trouble: z.nullable(z.string()),
  acknowledged: z.nullable(
    z.object({ by: z.string(), at: instant, reason: z.nullable(z.string()) }),
  ),
  /** Somebody to write to about the receiver, if an administrator named one. */
  contact: z.nullable(z.object({ name: z.string(), address: z.string() })),
  /** The host that was probably meant, if this one does not exist; webhooks there work. */
  meant: z.nullable(z.object({ host: z.string(), webhooks: z.int() })),
  /** Until then, nothing but the end is told. */
  muted: z.nullable(z.object({ by: z.string(), until: instant })),
  /**
   * Webhooks at locations that the person may see, those in trouble first: at most a hundred, for a
   * destination may have thousands.
   */
  members: z.array(memberSchema),
  /** All of those that are still in trouble, and where and on what they fire. */
  open: z.object({
    count: z.int(),
    businesses: z.array(z.int()),
    actions: z.array(z.int()),
    mostFailures: z.int(),
  }),
  /** All that ever belonged to it. */
  count: z.int(),
})

/** The state of the watch. */
export const watchStateSchema = z.object({
  /** False if this desk is told not to look. */
  isOn: z.boolean(),
  intervalMs: z.nullable(z.int()),
  /** True if it has an account to look with. */
  hasAccount: z.boolean(),
  lastLookAt: z.nullable(instant),
  lastCompleteAt: z.nullable(instant),
  /** The reason the last look is incomplete. */
  trouble: z.nullable(z.string()),
})

/** The start page, as far as the person may see. */
export const attentionSchema = z.object({
  watch: watchStateSchema,
  /** Webhooks by state, and the locations they are at. */
  counts: z.partialRecord(z.enum(HEALTH_STATES), z.int()),
  locations: z.int(),
  /** Open ones first, then those that closed within a week; each part newest first. */
  incidents: z.array(incidentSchema),
  /** Switched on again, and not known to work. */
  onWatch: z.array(
    z.object({ webhookId: z.int(), businessId: z.int(), name: z.string(), sinceAt: instant }),
  ),
})

export const acknowledgeSchema = z.object({
  reason: z.string().check(z.trim(), z.maxLength(500)),
})

/** The time until which an incident is muted; `null` to end it now. */
export const muteSchema = z.object({ until: z.nullable(z.iso.datetime()) })

export type Attention = z.infer<typeof attentionSchema>
export type AttentionIncident = z.infer<typeof incidentSchema>
export type WatchState = z.infer<typeof watchStateSchema>
