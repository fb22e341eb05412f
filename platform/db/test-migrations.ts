import { SANDBOX_MIGRATIONS } from '#sandbox/db/migrations.ts'
import { DESK_MIGRATIONS } from '#server/db/migrations.ts'

/** Of a desk with its sandbox, as most tests want it. */
export const ALL_MIGRATIONS = [DESK_MIGRATIONS, SANDBOX_MIGRATIONS]
