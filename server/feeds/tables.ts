import { jsonb, text } from 'drizzle-orm/pg-core'

import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/** Private feeds, one set for each person who made one. */
export const feeds = desk.table('feeds', {
  /** Their sign-in at Nexudus, in lower case. */
  account: text('account').primaryKey(),
  /** SHA-256 of the part of the address that nobody else knows. */
  tokenHash: text('token_hash').notNull().unique(),
  /** The locations they may see; `null` for all of them. As of their last visit. */
  reach: jsonb('reach').$type<number[] | null>(),
  madeAt: instant('made_at').notNull(),
  usedAt: instant('used_at'),
})
