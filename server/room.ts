import type { Hono } from 'hono'

import type { AppEnv } from '#platform/http/request-log.ts'

/** A part of the desk: its routes, and its background work. */
export type Room = {
  /** Adds its routes. */
  routes?: (app: Hono<AppEnv>) => void
  /** Starts its background work. */
  start?: () => Promise<void>
  /** Finishes work under way, and begins nothing more. */
  stop?: () => Promise<void>
  /** Housekeeping, once at the start and then at intervals. */
  tidy?: () => Promise<unknown>
  /** Releases the claims of dead processes. Only for a process that is alone with the database. */
  releaseClaims?: () => Promise<unknown>
}
