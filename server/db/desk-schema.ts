import { pgSchema } from 'drizzle-orm/pg-core'

/** Schema of the desk's own tables; the sandbox has a schema of its own. */
export const desk = pgSchema('desk')
