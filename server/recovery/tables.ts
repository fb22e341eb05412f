import { bigint, boolean, index, integer, jsonb, text } from 'drizzle-orm/pg-core'

import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/** Webhooks that are switched on by themselves after a stop, once their URL answers again. */
export const recoveries = desk.table(
  'recoveries',
  {
    webhookId: bigint('webhook_id', { mode: 'number' }).primaryKey(),
    businessId: bigint('business_id', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    by: text('by').notNull(),
    askedAt: instant('asked_at').notNull(),
    /** False for good after it stopped too often: somebody has to ask for it anew. */
    isOn: boolean('is_on').notNull(),
    goodChecks: integer('good_checks').notNull().default(0),
    checkedAt: instant('checked_at'),
    problem: text('problem'),
    restarts: jsonb('restarts').$type<string[]>().notNull().default([]),
    dueAt: instant('due_at').notNull(),
    /** Key of the change that switches it on: tried again after a kill, it is the same change. */
    key: text('key').notNull(),
    /** True from before that change until it is known. */
    isSwitching: boolean('is_switching').notNull().default(false),
    claim: text('claim'),
    claimedUntil: instant('claimed_until'),
  },
  (table) => [index('recoveries_due').on(table.isOn, table.dueAt)],
)
