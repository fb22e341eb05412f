import * as z from 'zod/mini'

import { factsSchema } from '#contract/nexudus/health.ts'
import { webhookSchema } from '#contract/nexudus/webhook.ts'

import { keptTitleSchema } from './run-title.ts'
import { fieldDiffSchema } from './run.ts'

export const OWN_KINDS = ['create', 'change', 'delete'] as const

/**
 * Changes made elsewhere, found when Hookdesk read again; it does not know exactly when they
 * happened. `outside`: a change.
 */
const OUTSIDE_KINDS = ['outside', 'outside-create', 'outside-delete'] as const

/** Revertible kinds: the desk's own changes, and the deletion of a webhook elsewhere. */
const REVERTIBLE_KINDS = [...OWN_KINDS, 'outside-delete'] as const

export const HISTORY_KINDS = [...OWN_KINDS, ...OUTSIDE_KINDS] as const

/** The kinds of entries to choose from. `elsewhere`: whatever was not done through the desk. */
export const HISTORY_CHOICES = [...OWN_KINDS, 'elsewhere', 'run'] as const

export type HistoryChoice = (typeof HISTORY_CHOICES)[number]

export const historyEntrySchema = z.object({
  id: z.int(),
  kind: z.enum(HISTORY_KINDS),
  /** When it was done; for a change made elsewhere, when Hookdesk found it. */
  at: z.string(),
  /**
   * For a change made elsewhere: when Hookdesk last saw the webhook as it was before; for a
   * creation, its time according to Nexudus.
   */
  since: z.nullable(z.string()),
  /**
   * The person who did it; for a change made elsewhere, the last to save according to Nexudus, if
   * it tells.
   */
  by: z.nullable(z.string()),
  webhookId: z.int(),
  name: z.string(),
  businessId: z.int(),
  action: z.int(),
  runId: z.nullable(z.int()),
  runTitle: z.catch(z.nullable(keptTitleSchema), null),
  diff: z.array(fieldDiffSchema),
  /** In a grouped list: the number of changes by the same run, of which this one is the newest. */
  changesOfRun: z.optional(z.int()),
  /** Number of failures counted, if the only change is the stop that Nexudus makes after ten. */
  stoppedAfter: z.nullable(z.int()),
  /** True if this person could revert it. */
  isRevertible: z.boolean(),
})

export const historyPageSchema = z.object({
  entries: z.array(historyEntrySchema),
  /** For the next page: entries older than this one; `null` at the end. */
  before: z.nullable(z.int()),
})

/** Everyone who occurs in the history, to choose from. */
export const historyPeopleSchema = z.object({ people: z.array(z.string()) })

/** The record after the revert; none if a creation was reverted. */
export const revertedSchema = z.object({
  webhook: z.nullable(webhookSchema),
  facts: z.optional(factsSchema),
  /** The new id of a restored webhook. */
  restoredAs: z.optional(z.int()),
})

export type HistoryEntry = z.infer<typeof historyEntrySchema>
export type RevertibleKind = (typeof REVERTIBLE_KINDS)[number]

/** True for changes made through the desk. */
export const isOwnKind = (kind: HistoryEntry['kind']) => OWN_KINDS.some((own) => own === kind)

/** True if entries of this kind can be reverted. */
export const isRevertibleKind = (kind: HistoryEntry['kind']): kind is RevertibleKind =>
  REVERTIBLE_KINDS.some((revertible) => revertible === kind)
