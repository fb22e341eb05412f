import * as z from 'zod/mini'

import { factsSchema } from '#contract/nexudus/health.ts'
import { rightsSchema } from '#contract/nexudus/rights.ts'
import { webhookInputSchema, webhookSchema, webhookSeenSchema } from '#contract/nexudus/webhook.ts'

/** Sent with every call of the app, so that no plain form or link of another site can make one. */
export const DESK_HEADER = 'x-hookdesk'

/**
 * The person that the page assumes is signed in, in the form of `personText`. All tabs of a browser
 * share the cookie, so another tab may have changed it; the desk then refuses to act.
 */
export const PERSON_HEADER = 'x-hookdesk-person'

/**
 * Encodes a person for `PERSON_HEADER`: an e-mail address may have letters that a header may not.
 */
export const personText = ({ email }: { email: string }) => encodeURIComponent(email.toLowerCase())

/** One key per intent, made when a form opens or a person presses a switch. */
export const IDEMPOTENCY_HEADER = 'idempotency-key'

/** Refuses control and format characters: some of them are ignored when names are compared. */
const isPlain = z.refine<string>((text) => !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(text), {
  params: { is: 'unseen' },
})

export const credentialsSchema = z.object({
  email: z.string().check(z.trim(), z.minLength(1), z.maxLength(320), isPlain),
  password: z.string().check(z.minLength(1), z.maxLength(1024)),
  /** Full-width digits count as digits, and codes are often shown in two groups. */
  totp: z.optional(
    z.string().check(
      z.maxLength(64),
      z.normalize('NFKC'),
      z.overwrite((code) => code.replaceAll(/\s/g, '')),
      z.maxLength(16),
      isPlain,
    ),
  ),
})

/** The person who is signed in. Never holds a token. */
export const signedInSchema = z.object({
  email: z.string(),
  name: z.string(),
  rights: rightsSchema,
  /**
   * The locations the account is limited to; `null` if there is no limit, or none that Hookdesk
   * knows.
   */
  locations: z.nullable(z.array(z.int())),
  /** The session's end, however active the person is; ISO 8601. */
  endsAt: z.string(),
})

export const demoAccountSchema = z.object({
  email: z.string(),
  password: z.string(),
  may: z.string(),
})

/** Data that the page needs before it can show anything. */
export const deskStateSchema = z.object({
  session: z.nullable(signedInSchema),
  /** Set when the desk talks to the sandbox instead of Nexudus. */
  sandbox: z.nullable(z.object({ url: z.string(), accounts: z.array(demoAccountSchema) })),
  /** The host of Nexudus; `null` for the sandbox. */
  nexudus: z.nullable(z.string()),
  /** Private addresses that webhooks may use, e.g. the sandbox's receiver. */
  exceptions: z.array(z.object({ range: z.string(), port: z.int() })),
  allowPrivateTargets: z.boolean(),
  /** True if this desk watches, so that its start page knows more than the list. */
  watches: z.boolean(),
})

export const changeRequestSchema = z.object({
  /** Values the person relied on; the change is refused if they are no longer true. */
  seen: webhookSeenSchema,
  change: z.partial(webhookInputSchema),
})

export const removeRequestSchema = z.object({
  seen: webhookSeenSchema,
})

/**
 * The answer to a create or a change: Nexudus' record as it is now, and Hookdesk's facts about it.
 */
export const changedSchema = z.object({ webhook: webhookSchema, facts: factsSchema })

/** Hookdesk's facts about webhooks, by id; a webhook without facts is absent. */
export const factsAnswerSchema = z.object({ facts: z.record(z.string(), factsSchema) })

/** The answer to a deletion; `entry` is the history entry that can revert it, if there is one. */
export const removedSchema = z.object({ removed: z.int(), entry: z.nullable(z.int()) })

export type Credentials = z.infer<typeof credentialsSchema>
export type SignedIn = z.infer<typeof signedInSchema>
export type DeskState = z.infer<typeof deskStateSchema>
export type DemoAccount = z.infer<typeof demoAccountSchema>
export type Changed = z.infer<typeof changedSchema>
export type ChangeRequest = z.infer<typeof changeRequestSchema>
