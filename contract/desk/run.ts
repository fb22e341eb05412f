import * as z from 'zod/mini'

import { keptSeenSchema, webhookInputSchema } from '#contract/nexudus/webhook.ts'

import { recordIdSchema, rowIdSchema } from './ids.ts'
import { itemReasonSchema } from './run-reason.ts'
import { keptTitleSchema, runTitleSchema } from './run-title.ts'

// a run is a list of intended changes: checked first, then worked off one by one

/** As many as one run may hold; a larger plan is several runs. */
export const MAX_RUN_ITEMS = 5_000

/** Deleting more than these asks for their number to be typed. */
export const MAX_DELETES_UNASKED = 5

/** What one item is to do. `seen` is what the person relied on; without it, whatever is there counts. */
export const runChangeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    input: webhookInputSchema,
    /** The deleted webhook that it stands in for: another of the same address is no hindrance then. */
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
 * `checking`: the dry run reads every item. `proposed`: it waits for the person. Then `running`,
 * `paused`, and at last `finished` or `stopped`.
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
 * Of the dry run: `unchecked`, then `ready` (will change), `same` (already so), `barred` (not
 * allowed), `missing` (not found), `conflict` (changed by somebody since), `left-out` (by the person).
 * Of the run: `done`, `failed`; a `ready` one may also turn out `same`, `missing` or `conflict`.
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

/** What a run waits for, and until when if that is known. */
export const runWaitSchema = z.object({
  for: z.enum(['nexudus', 'budget', 'session', 'turn']),
  until: z.nullable(z.string()),
})

export const runSchema = z.object({
  id: z.int(),
  title: keptTitleSchema,
  by: z.string(),
  state: z.enum(RUN_STATES),
  wait: z.nullable(runWaitSchema),
  /** How many items there are of each state; they add up to the whole. */
  counts: z.record(z.enum(RUN_ITEM_STATES), z.int()),
  /** Names what it is at, while it runs. */
  current: z.nullable(z.string()),
  createdAt: z.string(),
  startedAt: z.nullable(z.string()),
  finishedAt: z.nullable(z.string()),
  /** The run whose inverse this one is. */
  undoes: z.nullable(z.int()),
  /** The newest run that is the inverse of this one. */
  undoneBy: z.nullable(z.int()),
  /** How many changes could be undone. */
  undoable: z.int(),
  /** How many items a minute has room for, by what Nexudus allows an account. */
  perMinute: z.int(),
})

/** One field of a webhook before and after, as text to show; addresses are masked. */
export const fieldDiffSchema = z.object({
  field: z.string(),
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  /** They differ in what is masked only. */
  isHidden: z.optional(z.boolean()),
})

export const runItemSchema = z.object({
  id: z.int(),
  kind: z.enum(['create', 'change', 'delete']),
  /** Of what it changes, of what it made, or of what stands in its way; null before that. */
  webhookId: z.nullable(z.int()),
  name: z.string(),
  businessId: z.nullable(z.int()),
  action: z.nullable(z.int()),
  state: z.enum(RUN_ITEM_STATES),
  reason: z.nullable(itemReasonSchema),
  /** It failed, and nobody knows whether it was done all the same. */
  isUnsure: z.boolean(),
  /** It was to create what is there already, and that is switched off. */
  isDuplicateOff: z.optional(z.boolean()),
  diff: z.array(fieldDiffSchema),
})

export const runAnswerSchema = z.object({ run: runSchema })
export const runItemsSchema = z.object({ items: z.array(runItemSchema) })
export const runsSchema = z.object({ runs: z.array(runSchema) })

/** Starts a run: all that is ready, but for what the person unticked. */
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
