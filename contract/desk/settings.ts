import * as z from 'zod/mini'

import { credentialsSchema } from './desk.ts'
import { STEPS } from './attention.ts'
import { mailAddressSchema } from './mail-address.ts'
import { timeOfDaySchema as timeOfDay } from './time-of-day.ts'

const instant = z.string()

/** A person's own wishes: whether, of what and how they are told. */
export const notificationsSchema = z.object({
  /** False if nobody has told this desk of a mail server. */
  canMail: z.boolean(),
  isOn: z.boolean(),
  /** The verified address that gets the mail; `null` if there is none. */
  address: z.nullable(z.string()),
  /** An address that waits for the code that was sent to it. */
  pending: z.nullable(z.string()),
  firstStep: z.enum(STEPS),
  /** `null`: every location that the person may see. */
  locations: z.nullable(z.array(z.int())),
  /** IANA name of the zone in which notices give times. */
  zone: z.string(),
  /** Wall-clock times in that zone; nothing is sent between the first and the second. */
  quietFrom: z.nullable(z.string()),
  quietUntil: z.nullable(z.string()),
  /** The wall-clock time of a daily summary. */
  digestAt: z.nullable(z.string()),
  /** Notices that wait, those given up within a week, and the last reason that one of them has. */
  waiting: z.int(),
  failed: z.int(),
  /** The end of the quiet hours that hold some of them back. */
  heldUntil: z.nullable(instant),
  problem: z.nullable(z.string()),
})

export const notificationsChangeSchema = z.object({
  isOn: z.boolean(),
  address: mailAddressSchema,
  firstStep: z.enum(STEPS),
  locations: z.nullable(z.array(z.int()).check(z.maxLength(10_000))),
  zone: z.string().check(z.maxLength(100)),
  quietFrom: z.nullable(timeOfDay),
  quietUntil: z.nullable(timeOfDay),
  digestAt: z.nullable(timeOfDay),
})

export const codeSchema = z.object({
  code: z.string().check(
    z.overwrite((code) => code.replaceAll(/\s/g, '')),
    z.regex(/^\d{6}$/),
  ),
})

const outboxRowSchema = z.object({
  id: z.int(),
  kind: z.string(),
  route: z.string(),
  /** An account, or the name of a channel. */
  recipient: z.string(),
  happenedAt: instant,
  state: z.enum(['waiting', 'sent', 'failed', 'dropped']),
  tries: z.int(),
  dueAt: instant,
  problem: z.nullable(z.string()),
})

/** The watch and its outbox, for administrators. */
export const watchSettingsSchema = z.object({
  isOn: z.boolean(),
  intervalMs: z.nullable(z.int()),
  /** True if the environment, or the sandbox, gives the account: then nobody signs it in. */
  isGiven: z.boolean(),
  account: z.nullable(
    z.object({ email: z.string(), signedInBy: z.nullable(z.string()), signedInAt: instant }),
  ),
  lastLookAt: z.nullable(instant),
  lastCompleteAt: z.nullable(instant),
  trouble: z.nullable(z.string()),
  canMail: z.boolean(),
  /** Notices that wait or failed, oldest first, and the number that were sent within a day. */
  outbox: z.array(outboxRowSchema),
  sentLately: z.int(),
})

export const watchSignInSchema = credentialsSchema

export type Notifications = z.infer<typeof notificationsSchema>
export type NotificationsChange = z.infer<typeof notificationsChangeSchema>
export type WatchSettings = z.infer<typeof watchSettingsSchema>
