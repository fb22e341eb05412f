import { index, serial, text } from 'drizzle-orm/pg-core'

import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/** Probes by person, host and time, from which the limits are counted. Kept for an hour. */
export const probes = desk.table(
  'probes',
  {
    id: serial('id').primaryKey(),
    person: text('person').notNull(),
    /** Hash of the host, because the URLs that people check are private. */
    host: text('host').notNull(),
    startedAt: instant('started_at').notNull(),
    /** `null` while it runs. */
    endedAt: instant('ended_at'),
  },
  (table) => [index('probes_started').on(table.startedAt)],
)
