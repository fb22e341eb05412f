import { randomUUID } from 'node:crypto'

import { createMiddleware } from 'hono/factory'
import type { Logger } from 'pino'

import type { FailureCode, FailureReason } from '#contract/desk/failure.ts'

/** Per-request context of the server. */
export type AppEnv = {
  Variables: {
    requestId: string
    log: Logger
    /** Set when a failure is answered; the log line names it. */
    failure?: FailureCode
    reason?: FailureReason | undefined
    nonce: string
  }
}

/** Paths with a secret of somebody's mail, or of their feeds. */
const SECRET_PATH = /^(\/(unsubscribe|feeds)\/).*/

/**
 * Gives every request an id and one log line. The line holds the path without its query, and no
 * header: those carry URLs of webhooks and tokens.
 */
export function requestLog(logger: Logger) {
  return createMiddleware<AppEnv>(async function requestLog(c, next) {
    const requestId = randomUUID()
    const startedAt = performance.now()
    c.set('requestId', requestId)
    c.set('log', logger.child({ requestId }))
    c.header('X-Request-Id', requestId)

    await next()

    const line = {
      method: c.req.method,
      path: c.req.path.replace(SECRET_PATH, '$1…'),
      status: c.res.status,
      ms: Math.round(performance.now() - startedAt),
      failure: c.get('failure'),
      reason: c.get('reason'),
    }
    c.get('log')[c.res.status >= 500 ? 'warn' : 'info'](line, 'request')
  })
}
