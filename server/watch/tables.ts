import { isNotNull } from 'drizzle-orm'
import { bigint, index, integer, jsonb, serial, text } from 'drizzle-orm/pg-core'

import type { HealthState, Silence } from '#contract/nexudus/health.ts'
import type { Rights } from '#contract/nexudus/rights.ts'
import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'
import { tokenColumns } from '#server/nexudus/token-rows.ts'

import type { KnownRecord, TransitionKind } from './transitions.ts'

/** The account that the watch reads with. One row, because a desk has one watch. */
export const watchAccount = desk.table('watch_account', {
  key: text('key').primaryKey(),
  email: text('email').notNull(),
  rights: jsonb('rights').$type<Rights>().notNull(),
  /** The locations it is limited to; `null` if it sees all of them. */
  locations: jsonb('locations').$type<number[] | null>(),
  /** Roles for which Nexudus refused the tokens although they were valid. */
  refused: jsonb('refused').$type<string[]>().notNull().default([]),
  ...tokenColumns,
  /** The person who signed it in; `null` if the environment did. */
  signedInBy: text('signed_in_by'),
  signedInAt: instant('signed_in_at').notNull(),
})

/** The process that looks; if it dies, another takes over once its claim has passed. */
export const watchTurn = desk.table('watch_turn', {
  key: text('key').primaryKey(),
  claim: text('claim'),
  claimedUntil: instant('claimed_until'),
})

/** Readings of the whole fleet, and of what was in the way of one. */
export const looks = desk.table(
  'looks',
  {
    id: serial('id').primaryKey(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at').notNull(),
    pages: integer('pages').notNull(),
    rows: integer('rows').notNull(),
    /** Rows that arrived but could not be read. */
    unread: integer('unread').notNull(),
    /** The reason the look is incomplete; such a look changes nothing. */
    trouble: text('trouble'),
    upstreamStatus: integer('upstream_status'),
  },
  (table) => [index('looks_ended').on(table.endedAt)],
)

/** Each webhook as the last look that saw it left it. */
export const watched = desk.table(
  'watched',
  {
    webhookId: bigint('webhook_id', { mode: 'number' }).primaryKey(),
    businessId: bigint('business_id', { mode: 'number' }).notNull(),
    record: jsonb('record').$type<KnownRecord>().notNull(),
    health: text('health').$type<HealthState>().notNull(),
    /** The failures behind its health. */
    failures: integer('failures').notNull(),
    /** The look that saw this health first. */
    sinceLook: integer('since_look').notNull(),
    sinceAt: instant('since_at').notNull(),
    /** Complete looks in a row that did not list it. */
    missed: integer('missed').notNull().default(0),
    /** The evidence, if it is quiet. */
    silence: jsonb('silence').$type<Silence>(),
  },
  (table) => [index('watched_silent').on(table.webhookId).where(isNotNull(table.silence))],
)

/** The hours in which each webhook was seen to fire, to learn when it usually does. */
export const firings = desk.table('firings', {
  webhookId: bigint('webhook_id', { mode: 'number' }).primaryKey(),
  /** The week of the last bits, and the bits of eight weeks in base64. */
  week: integer('week').notNull(),
  bits: text('bits').notNull(),
})

/** Events of webhooks between two looks. Rows are only ever added. */
export const transitions = desk.table(
  'transitions',
  {
    id: serial('id').primaryKey(),
    webhookId: bigint('webhook_id', { mode: 'number' }).notNull(),
    businessId: bigint('business_id', { mode: 'number' }).notNull(),
    kind: text('kind').$type<TransitionKind>().notNull(),
    /** The complete look before; `null` if this was the first. It happened between the two. */
    lookBefore: integer('look_before'),
    lookBeforeAt: instant('look_before_at'),
    look: integer('look').notNull(),
    seenAt: instant('seen_at').notNull(),
    /** The time according to Nexudus, if it dates this. */
    happenedAt: instant('happened_at'),
    healthBefore: text('health_before').$type<HealthState>(),
    health: text('health').$type<HealthState>().notNull(),
    countFrom: integer('count_from'),
    countTo: integer('count_to'),
    error: text('error'),
  },
  (table) => [index('transitions_webhook').on(table.webhookId, table.id)],
)

/** Names of locations, as the watch last read them, for notices. */
export const places = desk.table('places', {
  businessId: bigint('business_id', { mode: 'number' }).primaryKey(),
  name: text('name').notNull(),
})
