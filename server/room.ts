import type { Hono } from 'hono'

import type { AppEnv } from '#platform/http/request-log.ts'

/** A part of the desk: what it serves, and what it does besides. */
export type Room = {
  /** Adds what it serves. */
  routes?: (app: Hono<AppEnv>) => void
  /** Begins what it does by itself. */
  start?: () => Promise<void>
  /** Finishes what is under way, and begins nothing more. */
  stop?: () => Promise<void>
  /** Housekeeping, once at the start and then now and again. */
  tidy?: () => Promise<unknown>
  /** Frees what a dead process had claimed. Only for a process that is alone with the database. */
  releaseClaims?: () => Promise<unknown>
}
