import { jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'

import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/** Filters and an order of the list, saved under a name. */
export const savedViews = desk.table(
  'saved_views',
  {
    id: text('id').primaryKey(),
    /** The person's sign-in at Nexudus, in lower case. */
    owner: text('owner').notNull(),
    name: text('name').notNull(),
    /** The name without its case, which the owner uses once. */
    nameKey: text('name_key').notNull(),
    /** May hold typed text, so it is personal. */
    search: text('search').notNull(),
    /** Shared with people of the network that has these locations; `null`: with nobody. */
    network: jsonb('network').$type<number[]>(),
    madeAt: instant('made_at').notNull(),
  },
  (table) => [uniqueIndex('saved_views_name').on(table.owner, table.nameKey)],
)
