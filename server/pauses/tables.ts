import { bigint, index, jsonb, text } from 'drizzle-orm/pg-core'

import type { PauseState, Weekday } from '#contract/desk/pauses.ts'
import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/**
 * Ends of pauses. A row does not pause anything: it says until when a webhook that its author
 * pauses after `askedAt` stays off. A new one replaces the one before.
 */
export const pauses = desk.table(
  'pauses',
  {
    webhookId: bigint('webhook_id', { mode: 'number' }).primaryKey(),
    businessId: bigint('business_id', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    until: instant('until').notNull(),
    by: text('by').notNull(),
    /** The account that pauses it, if it is not its author's: a window is begun by the watch's. */
    pausedBy: text('paused_by'),
    windowId: text('window_id'),
    askedAt: instant('asked_at').notNull(),
    reason: text('reason'),
    state: text('state').$type<PauseState>().notNull(),
    /** Key of the change that resumes it: tried again, it is the same change. */
    key: text('key').notNull(),
    dueAt: instant('due_at').notNull(),
    problem: text('problem'),
    settledAt: instant('settled_at'),
    /** The process that is resuming it; an expired claim belongs to nobody. */
    claim: text('claim'),
    claimedUntil: instant('claimed_until'),
  },
  (table) => [index('pauses_due').on(table.state, table.dueAt)],
)

type Paused = { webhookId: number; businessId: number; name: string }

/** Hours of the week in which webhooks are paused. At each begin they get a pause with an end. */
export const pauseWindows = desk.table(
  'pause_windows',
  {
    id: text('id').primaryKey(),
    by: text('by').notNull(),
    createdAt: instant('created_at').notNull(),
    reason: text('reason'),
    days: jsonb('days').$type<Weekday[]>().notNull(),
    fromTime: text('from_time').notNull(),
    untilTime: text('until_time').notNull(),
    zone: text('zone').notNull(),
    webhooks: jsonb('webhooks').$type<Paused[]>().notNull(),
    /** The time that lasts or comes next, once per begin. */
    beginsAt: instant('begins_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    dueAt: instant('due_at').notNull(),
    problem: text('problem'),
    claim: text('claim'),
    claimedUntil: instant('claimed_until'),
  },
  (table) => [index('pause_windows_due').on(table.dueAt)],
)
