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

import { instant } from '../db/columns.ts'

/** Everything the stand-in keeps, apart from the desk: dropping this schema forgets it. */
export const sandbox = pgSchema('sandbox')

const id = () => bigint('id', { mode: 'number' }).primaryKey()
const ref = (name: string) => bigint(name, { mode: 'number' })

/** Every record of Nexudus has these. Times are text as on the wire: seven fractional digits, Z. */
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
  /** Base32; set means that a password alone does not sign in. */
  twoFactorSecret: text('two_factor_secret'),
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
  },
  (table) => [index('webhooks_business').on(table.businessId)],
)

export const tokens = sandbox.table(
  'tokens',
  {
    /** SHA-256 of the token: whoever reads this table cannot sign in with it. */
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

/** One row, `seeded`, with the size of the network that was sown. */
export const meta = sandbox.table('meta', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

export type UserRow = typeof users.$inferSelect
export type UserRoleRow = typeof userRoles.$inferSelect
export type RoleRow = typeof roles.$inferSelect
export type BusinessRow = typeof businesses.$inferSelect
export type WebhookRow = typeof webhooks.$inferSelect
export type NewWebhook = typeof webhooks.$inferInsert
