import * as z from 'zod/mini'

import { factsSchema } from '#contract/nexudus/health.ts'
import { webhookSchema } from '#contract/nexudus/webhook.ts'

import { keptTitleSchema } from './run-title.ts'
import { fieldDiffSchema } from './run.ts'

export const OWN_KINDS = ['create', 'change', 'delete'] as const

/** Found on re-reading, made elsewhere; nobody here knows when exactly. `outside`: a change. */
const OUTSIDE_KINDS = ['outside', 'outside-create', 'outside-delete'] as const

/** What can be taken back: the desk's own changes, and that somebody else deleted a webhook. */
const REVERTIBLE_KINDS = [...OWN_KINDS, 'outside-delete'] as const

export const HISTORY_KINDS = [...OWN_KINDS, ...OUTSIDE_KINDS] as const

export const historyEntrySchema = z.object({
  id: z.int(),
  kind: z.enum(HISTORY_KINDS),
  /** When it was done; of what was done outside, when it was found. */
  at: z.string(),
  /**
   * Of what was done outside: when the webhook was last seen as it was before; of one that was
   * created, when that was, as Nexudus says it.
   */
  since: z.nullable(z.string()),
  /** Who did it; of a change outside, who saved last as Nexudus says it, if it does. */
  by: z.nullable(z.string()),
  webhookId: z.int(),
  name: z.string(),
  businessId: z.int(),
  action: z.int(),
  runId: z.nullable(z.int()),
  runTitle: z.nullable(keptTitleSchema),
  diff: z.array(fieldDiffSchema),
  /** How many failures were counted, where all that happened is what Nexudus itself does after ten. */
  stoppedAfter: z.nullable(z.int()),
  /** Whether this person could take it back. */
  isRevertible: z.boolean(),
})

export const historyPageSchema = z.object({
  entries: z.array(historyEntrySchema),
  /** For the next page: entries older than this one; null at the end. */
  before: z.nullable(z.int()),
})

/** Who is in the history at all, to choose from. */
export const historyPeopleSchema = z.object({ people: z.array(z.string()) })

/** The record after the way back; none where a create was taken back. */
export const revertedSchema = z.object({
  webhook: z.nullable(webhookSchema),
  facts: z.optional(factsSchema),
  /** Of a deleted webhook that was made again: its new number. */
  restoredAs: z.optional(z.int()),
})

export type HistoryEntry = z.infer<typeof historyEntrySchema>
export type RevertibleKind = (typeof REVERTIBLE_KINDS)[number]

/** Whether the desk did it itself. */
export const isOwnKind = (kind: HistoryEntry['kind']) => OWN_KINDS.some((own) => own === kind)

/** Whether something like it can be taken back at all. */
export const isRevertibleKind = (kind: HistoryEntry['kind']): kind is RevertibleKind =>
  REVERTIBLE_KINDS.some((revertible) => revertible === kind)
