import { and, eq, gt, lt, notExists, or } from 'drizzle-orm'
import type { Logger } from 'pino'

import type { Database } from '#platform/db/database.ts'
import type { Outbound } from '#platform/outbound/send.ts'

import { heldBack } from './held.ts'
import { notices } from './tables.ts'

type HeartbeatOptions = {
  db: Database
  now: () => Date
  log: Logger
  send: Outbound
  /** An address of a service that raises an alarm if it is not called; absent without one. */
  url: string | undefined
}

/** In milliseconds: a notice that waits for longer keeps the heart from beating. */
const WAITS_AT_MOST_MS = 5 * 60_000

/**
 * Watches the watcher: calls the address after a complete look, once its findings are stored, and
 * only while notices get out. Never rejects.
 */
export function createHeartbeat({ db, now, log, send, url }: HeartbeatOptions) {
  return async function beat(): Promise<void> {
    if (url === undefined) return
    try {
      const since = new Date(now().getTime() - WAITS_AT_MOST_MS)
      const [stuck] = await db
        .select({ id: notices.id })
        .from(notices)
        .where(
          and(
            eq(notices.state, 'waiting'),
            lt(notices.happenedAt, since),
            or(gt(notices.tries, 0), lt(notices.dueAt, since)),
            // what somebody's quiet hours hold back is not stuck, nor is what comes after it
            notExists(heldBack(db, now())),
          ),
        )
        .limit(1)
      if (stuck) return
      const result = await send({ url, method: 'GET' })
      if (!result.isDelivered) log.warn({ failure: result.failure }, 'the heartbeat failed')
    } catch (error) {
      log.error({ err: error }, 'the heartbeat failed')
    }
  }
}
