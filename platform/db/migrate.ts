import { fileURLToPath } from 'node:url'

import { and, eq, max, sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { bigint, pgSchema, serial, text } from 'drizzle-orm/pg-core'

import { CannotOpen } from './cannot-open.ts'
import type { Database } from './database.ts'

/** The migrations of one program. Its tables and the log of its migrations share a schema. */
export type Migrations = { schema: 'desk' | 'sandbox'; folder: string }

/**
 * Migrations that landed while the desk and the sandbox shared one set. Only databases of that time
 * need them, and no more will follow. They lie beside this file, in the source and in the build.
 */
const sharedFolder = fileURLToPath(new URL('./shared-migrations', import.meta.url))

/** A log of migrations in Drizzle's own form. */
const logIn = (schema: string, table: string) =>
  pgSchema(schema).table(table, {
    id: serial('id').primaryKey(),
    hash: text('hash').notNull(),
    createdAt: bigint('created_at', { mode: 'number' }),
  })

type Log = ReturnType<typeof logIn>

const LOG_TABLE = '__migrations'
const shared = logIn('drizzle', '__drizzle_migrations')

/**
 * Recorded in the shared log with a later time than every shared migration: versions of that time
 * then refuse to open the database.
 */
const SPLIT = {
  hash: 'the desk and the sandbox have migrations of their own',
  createdAt: 1795956000000,
}

const catalogue = pgSchema('pg_catalog').table('pg_tables', {
  schema: text('schemaname'),
  table: text('tablename'),
})

/**
 * Migrations that were rewritten after they had landed. A database that ran the first version lacks
 * the additions of the second; once it has them, it counts as having run the second.
 */
const MADE_ANEW = [
  {
    hash: '6507728df7a8fcb040f016a17db62e501223e6b49d4973d7be02477fe3ca9046',
    now: 1795559554962,
    lacks: sql`create index deliveries_waiting on sandbox.deliveries
      using btree (webhook_id, next_attempt_at) where state in ('queued', 'retry')`,
  },
]

/** A newer, unknown version has migrated the database. */
export class NewerDatabase extends CannotOpen {
  override readonly name = 'NewerDatabase'

  constructor() {
    super(
      'A newer version of Hookdesk has used this database. Start that version, or restore a backup.',
    )
  }
}

type RunMigrations = (config: {
  migrationsFolder: string
  migrationsSchema?: string
  migrationsTable?: string
}) => Promise<void>

/**
 * Migrates a database of any landed version to this one, for the given programs; `run` is Drizzle's
 * migrator for the engine.
 */
export async function migrate(
  db: Database,
  run: RunMigrations,
  programs: readonly Migrations[],
): Promise<void> {
  if (await hasTable(db, 'drizzle', '__drizzle_migrations')) {
    const known = readMigrationFiles({ migrationsFolder: sharedFolder })
    await settleMadeAnew(db, known)
    await refuseLater(db, shared, SPLIT.createdAt)
    await run({ migrationsFolder: sharedFolder })
  }
  for (const { schema, folder } of programs) await migrateProgram(db, run, schema, folder)
  await markSplit(db)
}

async function migrateProgram(db: Database, run: RunMigrations, schema: string, folder: string) {
  const log = logIn(schema, LOG_TABLE)
  const known = readMigrationFiles({ migrationsFolder: folder })
  if (await hasTable(db, schema, LOG_TABLE)) await refuseLater(db, log, newestOf(known))
  else if (await hasTable(db, schema)) await adopt(db, schema, log, known)
  await run({ migrationsFolder: folder, migrationsSchema: schema, migrationsTable: LOG_TABLE })
}

/** Records the program's first migration as done: the shared migrations did its work. */
async function adopt(db: Database, schema: string, log: Log, [first]: Known) {
  await db.transaction(async (tx) => {
    await tx.execute(createLog(schema, LOG_TABLE))
    await tx.insert(log).values({ hash: first?.hash ?? '', createdAt: first?.folderMillis ?? 0 })
  })
}

async function markSplit(db: Database) {
  await db.transaction(async (tx) => {
    await tx.execute(sql`create schema if not exists drizzle`)
    await tx.execute(createLog('drizzle', '__drizzle_migrations'))
    const [marked] = await tx.select().from(shared).where(eq(shared.hash, SPLIT.hash))
    if (!marked) await tx.insert(shared).values(SPLIT)
  })
}

const createLog = (schema: string, table: string) =>
  sql`create table if not exists ${sql.identifier(schema)}.${sql.identifier(table)}
    (id serial primary key, hash text not null, created_at bigint)`

/** True if the schema has this table or, without a table given, any table. */
async function hasTable(db: Database, schema: string, table?: string): Promise<boolean> {
  const isIt = and(
    eq(catalogue.schema, schema),
    table === undefined ? undefined : eq(catalogue.table, table),
  )
  return (await db.select().from(catalogue).where(isIt).limit(1)).length > 0
}

type Known = ReturnType<typeof readMigrationFiles>

const newestOf = (known: Known) => Math.max(...known.map(({ folderMillis }) => folderMillis))

async function settleMadeAnew(db: Database, known: Known) {
  for (const { hash, now, lacks } of MADE_ANEW) {
    await db.transaction(async (tx) => {
      const second = known.find(({ folderMillis }) => folderMillis === now)
      const settled = await tx
        .update(shared)
        .set({ hash: second?.hash, createdAt: now })
        .where(eq(shared.hash, hash))
        .returning()
      if (settled.length > 0) await tx.execute(lacks)
    })
  }
}

async function refuseLater(db: Database, log: Log, newest: number) {
  const [last] = await db.select({ at: max(log.createdAt) }).from(log)
  if ((last?.at ?? 0) > newest) throw new NewerDatabase()
}
