import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, serial, text } from 'drizzle-orm/pg-core'

import { HISTORY_KINDS } from '#contract/desk/history.ts'
import type { ItemReason } from '#contract/desk/run-reason.ts'
import type { KeptTitle } from '#contract/desk/run-title.ts'
import type { RunChange, RunItemState, RunState } from '#contract/desk/run.ts'
import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/**
 * One row per intent, so that a write happens once, even if a person presses twice or repeats it
 * after a lost answer. Kept for a day, and intents of runs for ninety, because a run may be paused
 * for long.
 */
export const intents = desk.table('intents', {
  /** The account and the key it made: the same key of another account is another intent. */
  key: text('key').primaryKey(),
  /** Hash of verb, id and body: tells if the write under this key is the one requested now. */
  fingerprint: text('fingerprint').notNull(),
  state: text('state', { enum: ['started', 'finished'] }).notNull(),
  /** The process working on it; an expired claim belongs to nobody. */
  claim: text('claim').notNull(),
  claimedUntil: instant('claimed_until').notNull(),
  /** Ids of the duplicates that existed before a create was sent. */
  twinsBefore: jsonb('twins_before').$type<number[]>(),
  /** The values sent, to look for if the answer was lost: a create's input, or a `SentWrite`. */
  sent: jsonb('sent').$type<Record<string, unknown>>(),
  /** The record that a change or a delete was about to replace. */
  before: jsonb('before').$type<Record<string, unknown>>(),
  webhookId: bigint('webhook_id', { mode: 'number' }),
  /** Until this time a request without an answer may still arrive at Nexudus. */
  mayArriveUntil: instant('may_arrive_until'),
  updatedAt: instant('updated_at').notNull(),
})

/**
 * The process whose turn it is to change a webhook. Nexudus has no conditional writes, so if two
 * processes read, compare and write at once, one would silently undo the other.
 */
export const turns = desk.table('turns', {
  webhookId: bigint('webhook_id', { mode: 'number' }).primaryKey(),
  claim: text('claim').notNull(),
  claimedUntil: instant('claimed_until').notNull(),
})

/** Condition on `changes`: the change switched a webhook, or may have created it switched off. */
export const isSwitch = sql`kind = 'create' or before ->> 'Active' <> after ->> 'Active'`

/** Condition on `changes`: the change gave a webhook another URL. */
export const isReaddress = sql`before ->> 'URL' <> after ->> 'URL'`

/** Changes with their author and the values before and after. Rows are only ever added. */
export const changes = desk.table(
  'changes',
  {
    id: serial('id').primaryKey(),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    /** The last three kinds: made elsewhere since `since`, and found on reading again. */
    kind: text('kind', { enum: HISTORY_KINDS }).notNull(),
    webhookId: bigint('webhook_id', { mode: 'number' }).notNull(),
    businessId: bigint('business_id', { mode: 'number' }).notNull(),
    /** The whole record as Nexudus gave it, unknown fields included; `null` before a create. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    intent: text('intent').notNull(),
    runId: integer('run_id'),
    since: instant('since'),
  },
  (table) => [
    index('changes_webhook').on(table.webhookId, table.at),
    index('changes_run').on(table.runId),
    // queried at every reading of the list, over a history that only grows
    index('changes_switched').on(table.webhookId, table.id).where(isSwitch),
    index('changes_readdressed').on(table.webhookId, table.id).where(isReaddress),
  ],
)

/**
 * Changes after which a lower count of failures was read than the change had noted. From then on
 * the noted count no longer matters, however high the count rises again.
 */
export const recounts = desk.table('recounts', {
  changeId: integer('change_id')
    .primaryKey()
    .references(() => changes.id),
  at: instant('at').notNull(),
})

/** Every webhook as it was last read, to notice changes made elsewhere. */
export const seen = desk.table('seen', {
  webhookId: bigint('webhook_id', { mode: 'number' }).primaryKey(),
  at: instant('at').notNull(),
  firstAt: instant('first_at').notNull().defaultNow(),
  /** Its editable fields. The description only if somebody has read it: list rows lack it. */
  record: jsonb('record').$type<Record<string, unknown>>().notNull(),
})

/** Lists of intended changes. The rows are the queue; jobs only say when to look. */
export const runs = desk.table(
  'runs',
  {
    id: serial('id').primaryKey(),
    /** Words, for a run proposed before titles were stored in `what`. */
    title: text('title'),
    what: jsonb('what').$type<KeptTitle>(),
    by: text('by').notNull(),
    /** The session whose tokens the run uses: its id in stored form, which signs nobody in. */
    session: text('session').notNull(),
    state: text('state').$type<RunState>().notNull(),
    waitFor: text('wait_for', { enum: ['nexudus', 'budget', 'session', 'turn'] }),
    waitUntil: instant('wait_until'),
    current: text('current'),
    createdAt: instant('created_at').notNull(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    undoes: integer('undoes'),
    /** Key of the proposal: sent twice, it is one run. */
    key: text('key').notNull().unique(),
    /** The worker that holds it; an expired claim belongs to nobody. */
    claim: text('claim'),
    claimedUntil: instant('claimed_until'),
  },
  (table) => [index('runs_by').on(table.by, table.id)],
)

export const runItems = desk.table(
  'run_items',
  {
    id: serial('id').primaryKey(),
    runId: integer('run_id')
      .notNull()
      .references(() => runs.id),
    change: jsonb('change').$type<RunChange>().notNull(),
    state: text('state').$type<RunItemState>().notNull(),
    /** Words, for an item settled before reasons were stored in `why`. */
    reason: text('reason'),
    why: jsonb('why').$type<ItemReason>(),
    /** The editable fields of the record, as the dry run read them. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    webhookId: bigint('webhook_id', { mode: 'number' }),
    /** Number of failures that may pass. */
    tries: integer('tries').notNull().default(0),
    notBefore: instant('not_before'),
    /** The item failed, and nobody knows whether the change happened all the same. */
    isUnsure: boolean('is_unsure').notNull().default(false),
  },
  (table) => [index('run_items_run').on(table.runId, table.state)],
)
