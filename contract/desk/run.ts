import * as z from 'zod/mini'

import { keptSeenSchema, webhookInputSchema } from '#contract/nexudus/webhook.ts'

import { recordIdSchema, rowIdSchema } from './ids.ts'
import { itemReasonSchema } from './run-reason.ts'
import { keptTitleSchema, runTitleSchema } from './run-title.ts'

// a run is a list of intended changes: checked first, then worked off one by one

/** Most items of one run; a larger plan takes several runs. */
export const MAX_RUN_ITEMS = 5_000

/** Deleting more than this many asks the person to type their number. */
export const MAX_DELETES_UNASKED = 5

/**
 * One item's change. `seen` holds the values the person relied on; without it, any current values
 * will do.
 */
export const runChangeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    input: webhookInputSchema,
    /**
     * The deleted webhook that this one restores: another webhook with the same URL is then no
     * obstacle.
     */
    restores: z.optional(recordIdSchema),
  }),
  z.object({
    kind: z.literal('change'),
    webhookId: recordIdSchema,
    change: z.partial(webhookInputSchema),
    seen: z.optional(keptSeenSchema),
  }),
  z.object({
    kind: z.literal('delete'),
    webhookId: recordIdSchema,
    seen: z.optional(keptSeenSchema),
  }),
])

export const runProposalSchema = z.object({
  title: runTitleSchema,
  changes: z.array(runChangeSchema).check(z.minLength(1), z.maxLength(MAX_RUN_ITEMS)),
})

/**
 * `checking`: the dry run reads every item. `proposed`: the run waits for the person. Then
 * `running`, `paused`, and finally `finished` or `stopped`.
 */
export const RUN_STATES = [
  'checking',
  'proposed',
  'running',
  'paused',
  'finished',
  'stopped',
] as const

/**
 * States of the dry run: `unchecked`, then `ready` (will change), `same` (no change needed),
 * `barred` (not allowed), `missing` (not found), `conflict` (changed by somebody since), `left-out`
 * (by the person). States of the run: `done`, `failed`; a `ready` item may also turn out `same`,
 * `missing` or `conflict`.
 */
export const RUN_ITEM_STATES = [
  'unchecked',
  'ready',
  'done',
  'failed',
  'same',
  'barred',
  'missing',
  'conflict',
  'left-out',
] as const

/** The cause of a wait, and its end if that is known. */
export const runWaitSchema = z.object({
  for: z.enum(['nexudus', 'budget', 'session', 'turn']),
  until: z.nullable(z.string()),
})

export const runSchema = z.object({
  id: z.int(),
  // nor such a title the other runs
  title: z.catch(keptTitleSchema, { act: 'other', text: '' }),
  by: z.string(),
  state: z.enum(RUN_STATES),
  wait: z.nullable(runWaitSchema),
  /** Number of items in each state; they add up to the whole. */
  counts: z.record(z.enum(RUN_ITEM_STATES), z.int()),
  /** The item in progress, while the run is running. */
  current: z.nullable(z.string()),
  createdAt: z.string(),
  startedAt: z.nullable(z.string()),
  finishedAt: z.nullable(z.string()),
  /** The run that this one undoes. */
  undoes: z.nullable(z.int()),
  /** The newest run that undoes this one. */
  undoneBy: z.nullable(z.int()),
  /** Number of changes that can be undone. */
  undoable: z.int(),
  /** Items per minute, according to the calls that Nexudus allows an account. */
  perMinute: z.int(),
})

/** One field of a webhook before and after, as text to show; URLs are masked. */
export const fieldDiffSchema = z.object({
  field: z.string(),
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  /** True if the values differ only in masked parts. */
  isHidden: z.optional(z.boolean()),
})

export const runItemSchema = z.object({
  id: z.int(),
  kind: z.enum(['create', 'change', 'delete']),
  /**
   * The webhook to change or delete, the one created, or the duplicate that prevents a creation;
   * `null` before any of these is known.
   */
  webhookId: z.nullable(z.int()),
  name: z.string(),
  businessId: z.nullable(z.int()),
  action: z.nullable(z.int()),
  state: z.enum(RUN_ITEM_STATES),
  // a reason that only a newer desk knows must not hide the other items
  reason: z.catch(z.nullable(itemReasonSchema), null),
  /** The item failed, and nobody knows whether the change happened all the same. */
  isUnsure: z.boolean(),
  /** The webhook to create exists already, but is switched off. */
  isDuplicateOff: z.optional(z.boolean()),
  diff: z.array(fieldDiffSchema),
})

export const runAnswerSchema = z.object({ run: runSchema })
export const runItemsSchema = z.object({ items: z.array(runItemSchema) })
export const runsSchema = z.object({ runs: z.array(runSchema) })

/** Starts a run: all ready items except those the person unticked. */
export const runStartSchema = z.object({
  leftOut: z.array(rowIdSchema).check(z.maxLength(MAX_RUN_ITEMS)),
})

export type RunChange = z.infer<typeof runChangeSchema>
export type RunProposal = z.infer<typeof runProposalSchema>
export type RunState = (typeof RUN_STATES)[number]
export type RunItemState = (typeof RUN_ITEM_STATES)[number]
export type Run = z.infer<typeof runSchema>
export type RunItem = z.infer<typeof runItemSchema>
export type RunWait = z.infer<typeof runWaitSchema>
export type FieldDiff = z.infer<typeof fieldDiffSchema>
