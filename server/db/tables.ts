import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, serial, text } from 'drizzle-orm/pg-core'

import { HISTORY_KINDS } from '#contract/desk/history.ts'
import type { ItemReason } from '#contract/desk/run-reason.ts'
import type { KeptTitle } from '#contract/desk/run-title.ts'
import type { RunChange, RunItemState, RunState } from '#contract/desk/run.ts'
import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/**
 * One row per intent: pressed twice, or repeated after a lost answer, it happens once.
 * Kept for a day, and those of runs for ninety, because a run may be paused for long.
 */
export const intents = desk.table('intents', {
  /** The account and the key it made: another account's key is another intent. */
  key: text('key').primaryKey(),
  /** Of verb, id and body: tells whether what was done under the key is what is asked for now. */
  fingerprint: text('fingerprint').notNull(),
  state: text('state', { enum: ['started', 'finished'] }).notNull(),
  /** Who is working on it; a claim that has run out belongs to nobody. */
  claim: text('claim').notNull(),
  claimedUntil: instant('claimed_until').notNull(),
  /** Duplicates of what a create makes that were there before it was sent, by id. */
  twinsBefore: jsonb('twins_before').$type<number[]>(),
  /** What was sent, to look for when its answer was lost: the input of a create, or a `SentWrite`. */
  sent: jsonb('sent').$type<Record<string, unknown>>(),
  /** What a change or a delete was about to replace. */
  before: jsonb('before').$type<Record<string, unknown>>(),
  webhookId: bigint('webhook_id', { mode: 'number' }),
  /** Until then what was sent may still arrive at Nexudus, though no answer came. */
  mayArriveUntil: instant('may_arrive_until'),
  updatedAt: instant('updated_at').notNull(),
})

/**
 * Whose turn it is to change a webhook. Nexudus has no conditional writes, so of two that read,
 * compare and write at once, one would silently undo the other.
 */
export const turns = desk.table('turns', {
  webhookId: bigint('webhook_id', { mode: 'number' }).primaryKey(),
  claim: text('claim').notNull(),
  claimedUntil: instant('claimed_until').notNull(),
})

/** Of `changes`: what switched a webhook, or may have made it switched off. */
export const isSwitch = sql`kind = 'create' or before ->> 'Active' <> after ->> 'Active'`

/** Of `changes`: what gave a webhook another address. */
export const isReaddress = sql`before ->> 'URL' <> after ->> 'URL'`

/** What was changed, by whom, from what to what. Rows are only ever added. */
export const changes = desk.table(
  'changes',
  {
    id: serial('id').primaryKey(),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    /** The last three: found on re-reading, made elsewhere since `since`. */
    kind: text('kind', { enum: HISTORY_KINDS }).notNull(),
    webhookId: bigint('webhook_id', { mode: 'number' }).notNull(),
    businessId: bigint('business_id', { mode: 'number' }).notNull(),
    /** The whole record as Nexudus gave it, unknown fields included; null before a create. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    intent: text('intent').notNull(),
    runId: integer('run_id'),
    since: instant('since'),
  },
  (table) => [
    index('changes_webhook').on(table.webhookId, table.at),
    index('changes_run').on(table.runId),
    // asked for at every reading of the list, of a history that only grows
    index('changes_switched').on(table.webhookId, table.id).where(isSwitch),
    index('changes_readdressed').on(table.webhookId, table.id).where(isReaddress),
  ],
)

/**
 * Changes after which a lower count of failures was read than there was at them. From then on
 * what was counted before is over, however high the count climbs again.
 */
export const recounts = desk.table('recounts', {
  changeId: integer('change_id')
    .primaryKey()
    .references(() => changes.id),
  at: instant('at').notNull(),
})

/** Every webhook as it was last read, to notice what was changed elsewhere. */
export const seen = desk.table('seen', {
  webhookId: bigint('webhook_id', { mode: 'number' }).primaryKey(),
  at: instant('at').notNull(),
  firstAt: instant('first_at').notNull().defaultNow(),
  /** What people edit of it. Of the description only what somebody has read: rows of lists lack it. */
  record: jsonb('record').$type<Record<string, unknown>>().notNull(),
})

/** Lists of intended changes. The rows are the queue; jobs only say when to look. */
export const runs = desk.table(
  'runs',
  {
    id: serial('id').primaryKey(),
    /** Words, of a run that was proposed before titles were kept as `what`. */
    title: text('title'),
    what: jsonb('what').$type<KeptTitle>(),
    by: text('by').notNull(),
    /** Whose tokens it works with: the session's id as it is stored, which signs nobody in. */
    session: text('session').notNull(),
    state: text('state').$type<RunState>().notNull(),
    waitFor: text('wait_for', { enum: ['nexudus', 'budget', 'session', 'turn'] }),
    waitUntil: instant('wait_until'),
    current: text('current'),
    createdAt: instant('created_at').notNull(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    undoes: integer('undoes'),
    /** Of the proposal: sent twice, it is one run. */
    key: text('key').notNull().unique(),
    /** Which worker is at it; a claim that has run out belongs to nobody. */
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
    /** Words, of an item that was settled before reasons were kept as `why`. */
    reason: text('reason'),
    why: jsonb('why').$type<ItemReason>(),
    /** What people edit of the record, as the dry run read it. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    webhookId: bigint('webhook_id', { mode: 'number' }),
    /** How often it failed in a way that may pass. */
    tries: integer('tries').notNull().default(0),
    notBefore: instant('not_before'),
    /** It failed, and nobody knows whether it was done all the same. */
    isUnsure: boolean('is_unsure').notNull().default(false),
  },
  (table) => [index('run_items_run').on(table.runId, table.state)],
)
