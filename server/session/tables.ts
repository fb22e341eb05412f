import { integer, jsonb, text } from 'drizzle-orm/pg-core'

import type { Rights } from '#contract/nexudus/rights.ts'
import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'
import { tokenColumns } from '#server/nexudus/token-rows.ts'

export const sessions = desk.table('sessions', {
  /** SHA-256 of the id in the cookie: the contents of this table do not sign anybody in. */
  idHash: text('id_hash').primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  /** With the roles for which Nexudus refused the tokens although they were valid. */
  rights: jsonb('rights').$type<Rights & { refused?: string[] }>().notNull(),
  locations: jsonb('locations').$type<number[] | null>(),
  ...tokenColumns,
  createdAt: instant('created_at').notNull(),
  lastUsedAt: instant('last_used_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  /** Last time that Nexudus reported rights and locations; the epoch once they are in doubt. */
  rightsAt: instant('rights_at').notNull().defaultNow(),
})

/** Failed sign-ins, counted per account and source, and per source. */
export const signInFailures = desk.table('sign_in_failures', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  windowEndsAt: instant('window_ends_at').notNull(),
  blockedUntil: instant('blocked_until'),
})

/** Sources that have signed in to an account before, so that strangers cannot lock them out. */
export const knownSources = desk.table('known_sources', {
  key: text('key').primaryKey(),
  lastSeenAt: instant('last_seen_at').notNull(),
})

/** Codes of a second factor that have signed somebody in, kept while they could be used again. */
export const spentCodes = desk.table('spent_codes', {
  /** A digest of the account and the code. */
  key: text('key').primaryKey(),
  forgottenAt: instant('forgotten_at').notNull(),
})

export type SessionRow = typeof sessions.$inferSelect
