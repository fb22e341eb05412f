import type { OpenDatabase } from './database.ts'
import { openPglite } from './pglite.ts'
import { openPostgres } from './postgres.ts'

/** The database that the settings name, brought up to this version. */
export const openDatabase = (env: {
  DATABASE_URL?: string | undefined
  DATA_DIR: string
}): Promise<OpenDatabase> =>
  env.DATABASE_URL ? openPostgres(env.DATABASE_URL) : openPglite(env.DATA_DIR)
