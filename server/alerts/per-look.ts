import { desc, isNull } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { looks } from '#server/watch/tables.ts'

/** The number of the last complete look; 0 before the first. */
export async function lastCompleteLook(db: Database): Promise<number> {
  const [row] = await db
    .select({ id: looks.id })
    .from(looks)
    .where(isNull(looks.trouble))
    .orderBy(desc(looks.id))
    .limit(1)
  return row?.id ?? 0
}

/** Keeps something that only a complete look changes, so that it is read once for each of them. */
export function keptPerLook<Value>(read: () => PromiseLike<Value>) {
  let kept: { look: number; value: Promise<Value> } | undefined
  return (look: number): Promise<Value> => {
    if (kept?.look === look) return kept.value
    // a query of Drizzle is sent anew each time somebody waits for it
    const value = Promise.resolve().then(read)
    kept = { look, value }
    value.catch(() => {
      if (kept?.value === value) kept = undefined
    })
    return value
  }
}
