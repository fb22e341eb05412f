import * as z from 'zod/mini'

import { ADDRESS_FINDINGS } from '#contract/address/finding-codes.ts'
import { EDITABLE_FIELDS } from '#contract/nexudus/webhook.ts'

import { failureSchema } from './failure.ts'

const by = z.nullable(z.string())
const fields = z.array(z.enum(EDITABLE_FIELDS))

/** Reason for the state of a run's item. The page has the sentences. */
export const itemReasonSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('role-missing'), role: z.string() }),
  z.object({ is: z.literal('location-missing') }),
  z.object({
    is: z.literal('url-blocked'),
    code: z.enum(ADDRESS_FINDINGS.block),
    about: z.optional(z.string()),
  }),
  /** Another item of the same run creates it. */
  z.object({ is: z.literal('duplicate-in-run') }),
  z.object({
    is: z.literal('duplicate'),
    /** The webhook that exists already, as far as it could be read. */
    of: z.nullable(
      z.object({
        id: z.int(),
        name: z.string(),
        active: z.nullable(z.boolean()),
        failures: z.int(),
      }),
    ),
  }),
  /** Somebody changed it: with `fields` before the run was proposed, without them since then. */
  z.object({ is: z.literal('changed'), fields: z.optional(fields), by }),
  z.object({ is: z.literal('not-found') }),
  z.object({ is: z.literal('deleted-since') }),
  z.object({ is: z.literal('already-done') }),
  z.object({ is: z.literal('failed'), failure: failureSchema }),
  /** A sentence stored by an earlier version of Hookdesk. */
  z.object({ is: z.literal('other'), text: z.string() }),
])

export type ItemReason = z.infer<typeof itemReasonSchema>
