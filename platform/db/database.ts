import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** The SQL that both engines share; features of only one of them are not used. */
export type Database = PgDatabase<PgQueryResultHKT>

export type OpenDatabase = {
  db: Database
  engine: 'pglite' | 'postgresql'
  /** Runs several statements at once; a query with values cannot. */
  runScript: (script: string) => Promise<unknown>
  /** Does the work while no other process that shares the database sets up tables. */
  alone: <Result>(work: () => Promise<Result>) => Promise<Result>
  close: () => Promise<void>
}
