import { text } from 'drizzle-orm/pg-core'

import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/** The people to write to about a receiver, by its host. */
export const contacts = desk.table('contacts', {
  host: text('host').primaryKey(),
  name: text('name').notNull(),
  address: text('address').notNull(),
  setBy: text('set_by').notNull(),
  setAt: instant('set_at').notNull(),
})
