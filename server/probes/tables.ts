import { index, serial, text } from 'drizzle-orm/pg-core'

import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/** Who called which host, and when: what the limits are counted from. Kept for an hour. */
export const probes = desk.table(
  'probes',
  {
    id: serial('id').primaryKey(),
    person: text('person').notNull(),
    /** Hash of the host; which addresses people look at is nobody's business. */
    host: text('host').notNull(),
    startedAt: instant('started_at').notNull(),
    /** Null while it runs. */
    endedAt: instant('ended_at'),
  },
  (table) => [index('probes_started').on(table.startedAt)],
)
