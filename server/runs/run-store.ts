import type { Database } from '#platform/db/database.ts'

import { createItemRows } from './item-rows.ts'
import { createRunRows } from './run-rows.ts'
import { createWrittenRows } from './written-rows.ts'

export type RunStore = ReturnType<typeof createRunStore>

/**
 * Runs and their items, as rows: a process that reads them after a crash knows where to continue.
 */
export const createRunStore = (db: Database, now: () => Date) => ({
  ...createRunRows(db, now),
  ...createItemRows(db),
  ...createWrittenRows(db),
})
