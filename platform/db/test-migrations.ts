import { SANDBOX_MIGRATIONS } from '#sandbox/db/migrations.ts'
import { DESK_MIGRATIONS } from '#server/db/migrations.ts'

/** The migrations of the desk and its sandbox, for most tests. */
export const ALL_MIGRATIONS = [DESK_MIGRATIONS, SANDBOX_MIGRATIONS]
