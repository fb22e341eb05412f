import { and, eq, gt, lte } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'

import type { Database } from '#platform/db/database.ts'

import { notices } from './tables.ts'

/** For `exists`: a notice that quiet hours hold back, or that waits behind one. Nothing was tried. */
export function heldBack(db: Database, now: Date) {
  const held = alias(notices, 'held')
  return db
    .select({ id: held.id })
    .from(held)
    .where(
      and(
        eq(held.state, 'waiting'),
        eq(held.route, notices.route),
        eq(held.recipient, notices.recipient),
        lte(held.id, notices.id),
        eq(held.tries, 0),
        gt(held.dueAt, now),
      ),
    )
}
