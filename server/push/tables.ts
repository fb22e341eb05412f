import { integer, text } from 'drizzle-orm/pg-core'

import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/** Browsers that show notices to the person who works at them. */
export const browsers = desk.table('push_browsers', {
  id: text('id').primaryKey(),
  /** The person's sign-in at Nexudus, in lower case. */
  account: text('account').notNull(),
  name: text('name').notNull(),
  /** Sealed, and found by its hash: it lets anybody try to send there. */
  endpoint: text('endpoint').notNull(),
  endpointHash: text('endpoint_hash').notNull().unique(),
  p256dh: text('p256dh').notNull(),
  auth: text('auth').notNull(),
  addedAt: instant('added_at').notNull(),
  lastSentAt: instant('last_sent_at'),
  problem: text('problem'),
})

/** The one key pair by which push services know this desk (RFC 8292). */
export const pushKeys = desk.table('push_keys', {
  id: integer('id').primaryKey(),
  publicKey: text('public_key').notNull(),
  /** PKCS 8, sealed. */
  privateKey: text('private_key').notNull(),
})
