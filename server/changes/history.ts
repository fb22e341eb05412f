import { and, desc, eq, sql } from 'drizzle-orm'

import type { Database } from '#server/db/database.ts'

import { changes } from './tables.ts'

export type History = ReturnType<typeof createHistory>

/** What the desk remembers of changes it made. */
export function createHistory(db: Database) {
  return {
    /** When the desk last gave the webhook another address; null if it never did. */
    async addressChangedAt(webhookId: number): Promise<Date | null> {
      const [row] = await db
        .select({ at: changes.at })
        .from(changes)
        .where(
          and(
            eq(changes.webhookId, webhookId),
            eq(changes.kind, 'change'),
            sql`${changes.before} ->> 'URL' is distinct from ${changes.after} ->> 'URL'`,
          ),
        )
        .orderBy(desc(changes.at))
        .limit(1)
      return row?.at ?? null
    },
  }
}
