import * as z from 'zod/mini'

import { recordIdSchema } from './ids.ts'

// the sandbox's controls, for its page in the app; no part of Nexudus' API

export const DELIVERY_STATES = [
  'queued',
  'claimed',
  'retry',
  'delivered',
  'parked',
  'dead',
] as const

/**
 * `unknown`: the process died meanwhile. `ours`: the failure was on our side, and says nothing
 * about the receiver.
 */
export const ATTEMPT_STATES = ['started', 'succeeded', 'failed', 'unknown', 'ours'] as const

/**
 * Signature on a request that a receiver got: none, made with one of the secrets (in either form),
 * or made with no known secret.
 */
export const RECEIVED_SIGNATURES = ['missing', 'valid', 'ascii', 'wrong'] as const

export const eventRequestSchema = z.object({
  BusinessId: recordIdSchema,
  Action: z.int().check(z.positive()),
  /** The record to send; made up if absent. */
  record: z.optional(z.looseObject({})),
})

export const eventAnswerSchema = z.object({
  EventId: z.int(),
  /** One delivery for each active webhook of this location and action. */
  Deliveries: z.array(z.object({ Id: z.int(), WebhookId: z.int() })),
})

export const attemptSchema = z.object({
  id: z.int(),
  state: z.enum(ATTEMPT_STATES),
  startedAt: z.string(),
  durationMs: z.nullable(z.int()),
  failure: z.nullable(z.string()),
  status: z.nullable(z.int()),
  message: z.nullable(z.string()),
})

export const deliverySchema = z.object({
  id: z.int(),
  eventId: z.int(),
  webhookId: z.int(),
  webhookName: z.nullable(z.string()),
  businessId: z.int(),
  action: z.int(),
  at: z.string(),
  state: z.enum(DELIVERY_STATES),
  tries: z.int(),
  /** Set only while the delivery waits. */
  nextAttemptAt: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  attempts: z.array(attemptSchema),
})

export const deliveriesSchema = z.object({ deliveries: z.array(deliverySchema) })

export const receivedSchema = z.object({
  id: z.int(),
  receiver: z.string(),
  at: z.string(),
  method: z.string(),
  target: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string(),
  answer: z.string(),
  signature: z.enum(RECEIVED_SIGNATURES),
  businessId: z.nullable(z.int()),
})

export const inboxSchema = z.object({ received: z.array(receivedSchema) })

const receiverSchema = z.object({ name: z.string(), answer: z.string() })
export const receiversSchema = z.object({ receivers: z.array(receiverSchema) })

/** Ways in which the sandbox's mail box treats a mail. */
export const MAIL_ANSWERS = ['kept', 'refused', 'later', 'hangs', 'breaks'] as const

export const mailSchema = z.object({
  id: z.int(),
  at: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  text: z.string(),
  html: z.string(),
})

export const mailBoxSchema = z.object({ mails: z.array(mailSchema) })

/** Settings on the sandbox's page in the app. */
export const sandboxSettingsSchema = z.object({
  ticker: z.boolean(),
  /** Retries follow after seconds instead of hours. */
  shortRetries: z.boolean(),
  mail: z.enum(MAIL_ANSWERS),
  locations: z.array(
    z.object({ id: z.int(), name: z.string(), sharedSecret: z.nullable(z.string()) }),
  ),
})

export const settingsChangeSchema = z.object({
  ticker: z.optional(z.boolean()),
  shortRetries: z.optional(z.boolean()),
  mail: z.optional(z.enum(MAIL_ANSWERS)),
})

export type EventAnswer = z.infer<typeof eventAnswerSchema>
export type Attempt = z.infer<typeof attemptSchema>
export type Delivery = z.infer<typeof deliverySchema>
export type Received = z.infer<typeof receivedSchema>
export type Mail = z.infer<typeof mailSchema>
export type SandboxSettings = z.infer<typeof sandboxSettingsSchema>
