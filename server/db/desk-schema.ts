import { pgSchema } from 'drizzle-orm/pg-core'

/** Where the desk's own tables live; the sandbox keeps its in a schema of its own. */
export const desk = pgSchema('desk')
