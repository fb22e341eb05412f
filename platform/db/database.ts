import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** The same SQL on both engines; what only one of them can do is not used. */
export type Database = PgDatabase<PgQueryResultHKT>

export type OpenDatabase = {
  db: Database
  engine: 'pglite' | 'postgresql'
  /** Runs several statements at once, which a query with values cannot. */
  runScript: (script: string) => Promise<unknown>
  /** Does the work while no other process that shares the database does such: sets tables up. */
  alone: <Result>(work: () => Promise<Result>) => Promise<Result>
  close: () => Promise<void>
}
