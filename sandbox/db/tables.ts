import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
} from 'drizzle-orm/pg-core'

import type { Attempt, Delivery, Received } from '#contract/desk/sandbox.ts'
import { instant } from '#platform/db/columns.ts'

/** Everything the sandbox keeps, separate from the desk: dropping this schema forgets it. */
export const sandbox = pgSchema('sandbox')

const id = () => bigint('id', { mode: 'number' }).primaryKey()
const ref = (name: string) => bigint(name, { mode: 'number' })

/** Columns of every Nexudus record. Times are text as on the wire: seven fractional digits, Z. */
const base = {
  uniqueId: text('unique_id').notNull(),
  createdOn: text('created_on').notNull(),
  updatedOn: text('updated_on').notNull(),
  updatedBy: text('updated_by').notNull(),
  systemId: text('system_id'),
}

export const users = sandbox.table('users', {
  id: id(),
  ...base,
  fullName: text('full_name').notNull(),
  /** In lower case. */
  email: text('email').notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  passwordSalt: text('password_salt').notNull(),
  /** A documented field that no documented scheme uses. */
  accessToken: text('access_token').notNull(),
  /** Base32; if set, a password alone does not sign in. */
  twoFactorSecret: text('two_factor_secret'),
  /** The 30 s steps whose codes have signed in, as long as they could be used again. */
  spentSteps: jsonb('spent_steps').$type<number[]>().notNull().default([]),
  mustResetPassword: boolean('must_reset_password').notNull(),
  isAdmin: boolean('is_admin').notNull(),
  apiAccess: boolean('api_access').notNull(),
  active: boolean('active').notNull(),
  defaultBusinessId: ref('default_business_id').notNull(),
  /** The locations the user is limited to; empty means every location. */
  businesses: jsonb('businesses').$type<number[]>().notNull(),
  userRoles: jsonb('user_roles').$type<number[]>().notNull(),
  lastAccess: text('last_access'),
})

export const userRoles = sandbox.table('user_roles', {
  id: id(),
  ...base,
  businessId: ref('business_id').notNull(),
  name: text('name').notNull(),
  roles: jsonb('roles').$type<number[]>().notNull(),
})

export const roles = sandbox.table('roles', {
  id: id(),
  ...base,
  name: text('name').notNull().unique(),
})

export const businesses = sandbox.table('businesses', {
  id: id(),
  ...base,
  /** Can be blank in practice; then only `toStringText` names the location. */
  name: text('name').notNull(),
  toStringText: text('to_string_text').notNull(),
  webAddress: text('web_address').notNull(),
  rootLocationId: ref('root_location_id'),
  simpleTimeZoneId: integer('simple_time_zone_id').notNull(),
  currencyCode: text('currency_code').notNull(),
  countryName: text('country_name').notNull(),
  townCity: text('town_city').notNull(),
  address: text('address').notNull(),
  postalCode: text('postal_code').notNull(),
  latitude: doublePrecision('latitude').notNull(),
  longitude: doublePrecision('longitude').notNull(),
  suspended: boolean('suspended').notNull(),
  passportOnly: boolean('passport_only').notNull(),
  /** Minutes after midnight, under their names on the wire. */
  openingTimes: jsonb('opening_times').$type<Record<string, number>>().notNull(),
  /**
   * Signs the location's deliveries. Nexudus keeps it in its settings, and no API call returns it.
   */
  sharedSecret: text('shared_secret'),
})

/**
 * Names and values of a location, as an API client wrote them; the sandbox attaches no meaning to
 * them.
 */
export const businessSettings = sandbox.table('business_settings', {
  id: id().generatedByDefaultAsIdentity({ startWith: 1_400_060_001 }),
  ...base,
  businessId: ref('business_id').notNull(),
  name: text('name').notNull(),
  value: text('value'),
})

export const webhooks = sandbox.table(
  'webhooks',
  {
    id: id().generatedByDefaultAsIdentity({ startWith: 1_400_099_001 }),
    ...base,
    businessId: ref('business_id').notNull(),
    name: text('name').notNull(),
    action: integer('action').notNull(),
    description: text('description'),
    url: text('url').notNull(),
    active: boolean('active').notNull(),
    lastError: text('last_error'),
    errorCount: integer('error_count').notNull().default(0),
    lastTrigger: text('last_trigger'),
    /** True after a switch-on until a delivery succeeds: until then, one delivery at a time. */
    isOnTrial: boolean('is_on_trial').notNull().default(false),
  },
  (table) => [index('webhooks_business').on(table.businessId, table.action)],
)

const serialId = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

/** An occurrence at a location. Written with its deliveries, before anything is sent. */
export const events = sandbox.table(
  'events',
  {
    id: serialId(),
    businessId: ref('business_id').notNull(),
    action: integer('action').notNull(),
    entity: text('entity').notNull(),
    /** The record's id: later events about the record carry the same one. */
    recordId: ref('record_id'),
    /** Body of every attempt for every webhook, byte for byte. */
    body: text('body').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('events_entity').on(table.businessId, table.entity, table.id)],
)

/** One event for one webhook. */
export const deliveries = sandbox.table(
  'deliveries',
  {
    id: serialId(),
    eventId: ref('event_id').notNull(),
    webhookId: ref('webhook_id').notNull(),
    state: text('state').$type<Delivery['state']>().notNull(),
    /** Attempts that count, in the current series: sending again begins a new one. */
    tries: integer('tries').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull(),
    /** The process that holds it: one that lost the claim can neither renew nor finish it. */
    claim: text('claim'),
    leaseEndsAt: instant('lease_ends_at'),
    /** The reason it is parked or dead. */
    reason: text('reason'),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    index('deliveries_due')
      .on(table.nextAttemptAt)
      .where(sql`state in ('queued', 'retry')`),
    index('deliveries_waiting')
      .on(table.webhookId, table.nextAttemptAt)
      .where(sql`state in ('queued', 'retry')`),
    index('deliveries_claimed')
      .on(table.leaseEndsAt)
      .where(sql`state = 'claimed'`),
    index('deliveries_webhook').on(table.webhookId, table.state),
  ],
)

/** One HTTP attempt. Recorded as started before anything is sent. */
export const attempts = sandbox.table(
  'attempts',
  {
    id: serialId(),
    deliveryId: ref('delivery_id').notNull(),
    webhookId: ref('webhook_id').notNull(),
    state: text('state').$type<Attempt['state']>().notNull(),
    /** True if the attempt changed the webhook's count of failures. */
    isCounted: boolean('is_counted').notNull().default(false),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    failure: text('failure'),
    status: integer('status'),
    message: text('message'),
    durationMs: integer('duration_ms'),
  },
  (table) => [
    index('attempts_delivery').on(table.deliveryId),
    index('attempts_webhook').on(table.webhookId, table.id),
  ],
)

/** Switch-offs of webhooks for their failures: one entry each time, and the one alert. */
export const stops = sandbox.table('stops', {
  id: serialId(),
  webhookId: ref('webhook_id').notNull(),
  attemptId: ref('attempt_id').notNull(),
  at: instant('at').notNull(),
  errorCount: integer('error_count').notNull(),
})

/** The answer that a receiver of the sandbox was told to give; without a row it answers 200. */
export const receivers = sandbox.table('receivers', {
  name: text('name').primaryKey(),
  answer: text('answer').notNull(),
})

/** Requests that the sandbox's receivers got: the last thousand. */
export const received = sandbox.table('received', {
  id: serialId(),
  receiver: text('receiver').notNull(),
  at: instant('at').notNull(),
  method: text('method').notNull(),
  /** Path and query of the request. */
  target: text('target').notNull(),
  headers: jsonb('headers').$type<[name: string, value: string][]>().notNull(),
  body: text('body').notNull(),
  answer: text('answer').notNull(),
  signature: text('signature').$type<Received['signature']>().notNull(),
  /** The location whose secret signed it. */
  businessId: ref('business_id'),
})

/** Mail that arrived at the sandbox's mail box: the last two hundred. */
export const mails = sandbox.table('mails', {
  id: serialId(),
  at: instant('at').notNull(),
  sender: text('sender').notNull(),
  recipients: jsonb('recipients').$type<string[]>().notNull(),
  /** The message as it came, headers and all parts. */
  raw: text('raw').notNull(),
})

export const tokens = sandbox.table(
  'tokens',
  {
    /** SHA-256 of the token: the contents of this table do not sign anybody in. */
    hash: text('hash').primaryKey(),
    kind: text('kind', { enum: ['access', 'refresh'] }).notNull(),
    userId: ref('user_id').notNull(),
    clientId: text('client_id').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('tokens_client').on(table.userId, table.clientId)],
)

export const switches = sandbox.table('switches', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
})

/** One row, `seeded`, with the size of the seeded network. */
export const meta = sandbox.table('meta', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

export type UserRow = typeof users.$inferSelect
export type UserRoleRow = typeof userRoles.$inferSelect
export type RoleRow = typeof roles.$inferSelect
export type BusinessRow = typeof businesses.$inferSelect
export type BusinessSettingRow = typeof businessSettings.$inferSelect
export type WebhookRow = typeof webhooks.$inferSelect
export type NewWebhook = typeof webhooks.$inferInsert
