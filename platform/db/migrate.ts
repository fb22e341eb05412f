import { fileURLToPath } from 'node:url'

import { and, eq, max, sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { bigint, pgSchema, serial, text } from 'drizzle-orm/pg-core'

import { CannotOpen } from './cannot-open.ts'
import type { Database } from './database.ts'

// both stand beside this file, in the source tree and in the built server alike
const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** What Drizzle keeps of the migrations that were run. */
const migrations = pgSchema('drizzle').table('__drizzle_migrations', {
  id: serial('id').primaryKey(),
  hash: text('hash').notNull(),
  createdAt: bigint('created_at', { mode: 'number' }),
})

const catalogue = pgSchema('pg_catalog').table('pg_tables', {
  schema: text('schemaname'),
  table: text('tablename'),
})

/**
 * Migrations that were made anew after they had landed. Whoever ran the first one lacks what the
 * second one has besides; once they have that, they are as if they had run the second.
 */
const MADE_ANEW = [
  {
    hash: '6507728df7a8fcb040f016a17db62e501223e6b49d4973d7be02477fe3ca9046',
    now: 1795559554962,
    lacks: sql`create index deliveries_waiting on sandbox.deliveries
      using btree (webhook_id, next_attempt_at) where state in ('queued', 'retry')`,
  },
]

/** The database was brought to a state that this version knows nothing of. */
export class NewerDatabase extends CannotOpen {
  override readonly name = 'NewerDatabase'

  constructor() {
    super('A newer Hookdesk has used this database. Start that one, or restore a backup.')
  }
}

type RunMigrations = (config: { migrationsFolder: string }) => Promise<void>

/** Brings a database of any landed version up to this one; `run` is what Drizzle has for its engine. */
export async function migrate(db: Database, run: RunMigrations): Promise<void> {
  const isNew = (await db.select().from(catalogue).where(isLog)).length === 0
  if (!isNew) {
    const known = readMigrationFiles({ migrationsFolder })
    await settleMadeAnew(db, known)
    await refuseNewer(db, known)
  }
  await run({ migrationsFolder })
}

const isLog = and(eq(catalogue.schema, 'drizzle'), eq(catalogue.table, '__drizzle_migrations'))

type Known = ReturnType<typeof readMigrationFiles>

async function settleMadeAnew(db: Database, known: Known) {
  for (const { hash, now, lacks } of MADE_ANEW) {
    await db.transaction(async (tx) => {
      const second = known.find(({ folderMillis }) => folderMillis === now)
      const settled = await tx
        .update(migrations)
        .set({ hash: second?.hash, createdAt: now })
        .where(eq(migrations.hash, hash))
        .returning()
      if (settled.length > 0) await tx.execute(lacks)
    })
  }
}

async function refuseNewer(db: Database, known: Known) {
  const [last] = await db.select({ at: max(migrations.createdAt) }).from(migrations)
  const newest = Math.max(...known.map(({ folderMillis }) => folderMillis))
  if ((last?.at ?? 0) > newest) throw new NewerDatabase()
}
