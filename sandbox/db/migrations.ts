import { fileURLToPath } from 'node:url'

import type { Migrations } from '#platform/db/migrate.ts'

/** They lie beside this file, in the source tree and in the built server. */
export const SANDBOX_MIGRATIONS: Migrations = {
  schema: 'sandbox',
  folder: fileURLToPath(new URL('./sandbox-migrations', import.meta.url)),
}
