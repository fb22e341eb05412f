import type { OpenDatabase } from './database.ts'
import type { Migrations } from './migrate.ts'
import { openPglite } from './pglite.ts'
import { openPostgres } from './postgres.ts'

/** Opens the database that the settings name, and migrates it for the given programs. */
export const openDatabase = (
  env: { DATABASE_URL?: string | undefined; DATA_DIR: string },
  programs: readonly Migrations[],
): Promise<OpenDatabase> =>
  env.DATABASE_URL ? openPostgres(env.DATABASE_URL, programs) : openPglite(env.DATA_DIR, programs)
