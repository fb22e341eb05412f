import { bigint, index, text } from 'drizzle-orm/pg-core'

import type { PauseState } from '#contract/desk/pauses.ts'
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
