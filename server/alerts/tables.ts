import { bigint, boolean, index, integer, jsonb, serial, text, unique } from 'drizzle-orm/pg-core'

import type { Route } from '#contract/desk/channels.ts'
import type { Silence } from '#contract/nexudus/health.ts'
import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

import type { MemberLeft, IncidentKind, Step } from './incidents.ts'
import type { NoticeContent, NoticeKind } from './notices.ts'

/** Troubles of one destination, from the first word to the last. Of one kind, one is open. */
export const incidents = desk.table(
  'incidents',
  {
    id: serial('id').primaryKey(),
    kind: text('kind').$type<IncidentKind>().notNull(),
    /** Origin of the URLs; empty if the watch itself is in trouble. */
    origin: text('origin').notNull(),
    openedAt: instant('opened_at').notNull(),
    openedLook: integer('opened_look').notNull(),
    /** True if the first look ever found it: since when is unknown. */
    wasFound: boolean('was_found').notNull(),
    /** The worst so far. */
    step: text('step').$type<Step>().notNull(),
    toldAt: instant('told_at'),
    closedAt: instant('closed_at'),
    outcome: text('outcome', { enum: ['working', 'over'] }),
    /** Why the watch cannot see, for an incident of its own. */
    trouble: text('trouble'),
    acknowledgedBy: text('acknowledged_by'),
    acknowledgedAt: instant('acknowledged_at'),
    reason: text('reason'),
    mutedBy: text('muted_by'),
    /** Nothing but the end is told before. */
    mutedUntil: instant('muted_until'),
  },
  (table) => [index('incidents_closed').on(table.closedAt)],
)

export const incidentMembers = desk.table(
  'incident_members',
  {
    incidentId: integer('incident_id')
      .notNull()
      .references(() => incidents.id),
    webhookId: bigint('webhook_id', { mode: 'number' }).notNull(),
    businessId: bigint('business_id', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    action: integer('action').notNull(),
    /** The count and the error at the last look, masked. */
    failures: integer('failures').notNull(),
    error: text('error'),
    /** Its last firing when it joined: only a newer one proves anything. */
    lastTrigger: text('last_trigger'),
    /** The evidence, if it is quiet. */
    silence: jsonb('silence').$type<Silence>(),
    joinedAt: instant('joined_at').notNull(),
    /** The worst step of it that was told. */
    toldStep: text('told_step').$type<Step>(),
    /** The failures since it was switched on again that were told. */
    toldRise: integer('told_rise'),
    /** Complete looks in a row at which it looked well. */
    goodLooks: integer('good_looks').notNull(),
    leftAt: instant('left_at'),
    left: text('left').$type<MemberLeft>(),
  },
  (table) => [unique('incident_members_one').on(table.incidentId, table.webhookId)],
)

/** People who want to be told. */
export const recipients = desk.table('recipients', {
  /** Their sign-in at Nexudus, in lower case. */
  account: text('account').primaryKey(),
  /** The address that gets the mail. */
  address: text('address').notNull(),
  /** `null` before somebody entered the code that was sent there. */
  verifiedAt: instant('verified_at'),
  isOn: boolean('is_on').notNull(),
  /** A new address that waits for its code. */
  pending: text('pending'),
  codeHash: text('code_hash'),
  codeUntil: instant('code_until'),
  codeTries: integer('code_tries').notNull().default(0),
  /** Part of an address in each mail, by which a mail program unsubscribes without a sign-in. */
  unsubscribe: text('unsubscribe').notNull().unique(),
  /** The locations they may see; `null` for all of them. As of `reachAt`. */
  reach: jsonb('reach').$type<number[] | null>(),
  reachAt: instant('reach_at').notNull(),
  /** The locations they chose among these; `null` for all of them. */
  locations: jsonb('locations').$type<number[] | null>(),
  firstStep: text('first_step').$type<Step>().notNull(),
  zone: text('zone').notNull(),
  /** Wall-clock times in that zone, as `22:00`, between which nothing is sent; `null` for none. */
  quietFrom: text('quiet_from'),
  quietUntil: text('quiet_until'),
  /** The wall-clock time of a daily summary; `null` for none. */
  digestAt: text('digest_at'),
  /** The last summary or reminder. */
  summedUpAt: instant('summed_up_at'),
})

/**
 * The outbox: one row for each notice, channel and recipient. Written in the transaction of what it
 * tells, and claimed before it is sent.
 */
export const notices = desk.table(
  'notices',
  {
    id: serial('id').primaryKey(),
    /** The same notice is told once, whatever restarts in between. */
    key: text('key').notNull().unique(),
    incidentId: integer('incident_id').references(() => incidents.id),
    kind: text('kind').$type<NoticeKind>().notNull(),
    route: text('channel').$type<Route>().notNull(),
    /** The account of a person, or the id of a channel. */
    recipient: text('recipient').notNull(),
    content: jsonb('content').$type<NoticeContent>().notNull(),
    happenedAt: instant('happened_at').notNull(),
    state: text('state', { enum: ['waiting', 'sent', 'failed', 'dropped'] }).notNull(),
    dueAt: instant('due_at').notNull(),
    tries: integer('tries').notNull().default(0),
    claim: text('claim'),
    claimedUntil: instant('claimed_until'),
    settledAt: instant('settled_at'),
    /** The last reason it could not be sent. */
    problem: text('problem'),
  },
  (table) => [index('notices_state').on(table.state, table.dueAt)],
)
