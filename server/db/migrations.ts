import { fileURLToPath } from 'node:url'

import type { Migrations } from '#platform/db/migrate.ts'

/** They lie beside this file, in the source tree and in the built server. */
export const DESK_MIGRATIONS: Migrations = {
  schema: 'desk',
  folder: fileURLToPath(new URL('./desk-migrations', import.meta.url)),
}
