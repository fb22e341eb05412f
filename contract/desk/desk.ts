import * as z from 'zod/mini'

import { factsSchema } from '#contract/nexudus/health.ts'
import { rightsSchema } from '#contract/nexudus/rights.ts'
import { webhookInputSchema, webhookSchema, webhookSeenSchema } from '#contract/nexudus/webhook.ts'

/** Every call of the app carries it, so that no plain form or link of another site can make one. */
export const DESK_HEADER = 'x-hookdesk'

/**
 * Whom the page takes to be signed in, as `personText` writes it. The cookie is one for all tabs of
 * a browser, so another of them may have changed it meanwhile; then nothing is done in its name.
 */
export const PERSON_HEADER = 'x-hookdesk-person'

/** A person for `PERSON_HEADER`: an address may have letters that a header may not. */
export const personText = ({ email }: { email: string }) => encodeURIComponent(email.toLowerCase())

/** One intent, one key: made when a form opens or a switch is pressed. */
export const IDEMPOTENCY_HEADER = 'idempotency-key'

/** Neither a control nor a format character: some of them are skipped where names are compared. */
const isPlain = z.refine<string>((text) => !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(text), {
  params: { is: 'unseen' },
})

export const credentialsSchema = z.object({
  email: z.string().check(z.trim(), z.minLength(1), z.maxLength(320), isPlain),
  password: z.string().check(z.minLength(1), z.maxLength(1024)),
  /** Full-width digits are digits, and codes are often shown in two groups. */
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

/** Who is signed in. Never a token. */
export const signedInSchema = z.object({
  email: z.string(),
  name: z.string(),
  rights: rightsSchema,
  /** The locations the account is limited to; `null` when it is not, or we cannot know. */
  locations: z.nullable(z.array(z.int())),
  /** Ends whatever the person does, ISO 8601. */
  endsAt: z.string(),
})

export const demoAccountSchema = z.object({
  email: z.string(),
  password: z.string(),
  may: z.string(),
})

/** What the page needs to know before its first picture. */
export const deskStateSchema = z.object({
  session: z.nullable(signedInSchema),
  /** Set when the desk talks to its own stand-in instead of Nexudus. */
  sandbox: z.nullable(z.object({ url: z.string(), accounts: z.array(demoAccountSchema) })),
  /** Where webhooks may point although the address is private, e.g. the sandbox's receiver. */
  exceptions: z.array(z.object({ range: z.string(), port: z.int() })),
  allowPrivateTargets: z.boolean(),
})

export const changeRequestSchema = z.object({
  /** What the person saw of the fields they rely on; the change is refused if it is no longer so. */
  seen: webhookSeenSchema,
  change: z.partial(webhookInputSchema),
})

export const removeRequestSchema = z.object({
  seen: webhookSeenSchema,
})

/** The answer to a create or a change: the record as Nexudus has it now, and what is known besides. */
export const changedSchema = z.object({ webhook: webhookSchema, facts: factsSchema })

/** What is known of webhooks besides their records, by id; none of those of which nothing is. */
export const factsAnswerSchema = z.object({ facts: z.record(z.string(), factsSchema) })

/** The answer to a deletion, and the entry of the history that takes it back, if it has one. */
export const removedSchema = z.object({ removed: z.int(), entry: z.nullable(z.int()) })

export type Credentials = z.infer<typeof credentialsSchema>
export type SignedIn = z.infer<typeof signedInSchema>
export type DeskState = z.infer<typeof deskStateSchema>
export type DemoAccount = z.infer<typeof demoAccountSchema>
export type Changed = z.infer<typeof changedSchema>
export type ChangeRequest = z.infer<typeof changeRequestSchema>
