import { bigint, index, jsonb, serial, text } from 'drizzle-orm/pg-core'

import { instant } from '../db/columns.ts'
import { desk } from '../db/desk-schema.ts'

/**
 * One row per intent: pressed twice, or repeated after a lost answer, it happens once.
 * Kept for a day after it is finished.
 */
export const intents = desk.table('intents', {
  /** The account and the key it made: another account's key is another intent. */
  key: text('key').primaryKey(),
  /** Of verb, id and body; the same key with something else in it is refused. */
  fingerprint: text('fingerprint').notNull(),
  state: text('state', { enum: ['started', 'finished'] }).notNull(),
  /** Who is working on it; a claim that has run out belongs to nobody. */
  claim: text('claim').notNull(),
  claimedUntil: instant('claimed_until').notNull(),
  /** Twins of what a create makes that were there before it was sent, by id. */
  twinsBefore: jsonb('twins_before').$type<number[]>(),
  /** What a create sent, to look for when its answer was lost. */
  sent: jsonb('sent').$type<Record<string, unknown>>(),
  /** What a change or a delete was about to replace. */
  before: jsonb('before').$type<Record<string, unknown>>(),
  webhookId: bigint('webhook_id', { mode: 'number' }),
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

/** What was changed, by whom, from what to what. Rows are only ever added. */
export const changes = desk.table(
  'changes',
  {
    id: serial('id').primaryKey(),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    kind: text('kind', { enum: ['create', 'change', 'delete'] }).notNull(),
    webhookId: bigint('webhook_id', { mode: 'number' }).notNull(),
    businessId: bigint('business_id', { mode: 'number' }).notNull(),
    /** The whole record as Nexudus gave it, unknown fields included; null before a create. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    intent: text('intent').notNull(),
  },
  (table) => [index('changes_webhook').on(table.webhookId, table.at)],
)
