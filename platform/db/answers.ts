import { setTimeout as sleep } from 'node:timers/promises'

import { sql } from 'drizzle-orm'

import type { Database } from './database.ts'

/** In milliseconds; shorter than the time callers usually wait for an answer. */
const PATIENCE_MS = 3_000

/** True if the database answers within a few seconds. */
export async function answers(db: Database): Promise<boolean> {
  const tooLate = sleep(PATIENCE_MS, false, { ref: false })
  const asked = db.execute(sql`select 1`).then(
    () => true,
    () => false,
  )
  return Promise.race([asked, tooLate])
}
