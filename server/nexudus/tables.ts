import { boolean, index, text } from 'drizzle-orm/pg-core'

import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/** Calls to Nexudus in the last minute, by account: its limits apply over all processes. */
export const calls = desk.table(
  'calls',
  {
    account: text('account').notNull(),
    at: instant('at').notNull(),
    isWrite: boolean('is_write').notNull(),
  },
  (table) => [index('calls_account').on(table.account, table.at)],
)
