import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'

import { Failed } from './failure.ts'
import type { AppEnv } from './request-log.ts'

/** Of one visitor at the same time. */
const AT_ONCE = 20
/** And as many more may wait for their turn; a page asks for far less at once. */
const IN_LINE = 100

const RETRY_AFTER_MS = 2_000

/**
 * Lets every visitor have a few requests answered at a time, so that a thousand of one person are
 * not in the way of everybody else's. `visitorOf` says whose a request is.
 */
export function fairShare(visitorOf: (c: Context) => string) {
  const visitors = new Map<string, { running: number; line: (() => void)[] }>()

  function begin(key: string): Promise<void> | undefined {
    const own = visitors.get(key) ?? { running: 0, line: [] }
    visitors.set(key, own)
    if (own.running < AT_ONCE) {
      own.running += 1
      return undefined
    }
    if (own.line.length >= IN_LINE) {
      throw new Failed('too_busy', { retryAfterMs: RETRY_AFTER_MS })
    }
    return new Promise((resolve) => own.line.push(resolve))
  }

  function end(key: string) {
    const own = visitors.get(key)
    // whoever waits goes on in this one's place
    const next = own?.line.shift()
    if (!own || next) return next?.()
    own.running -= 1
    if (own.running === 0) visitors.delete(key)
    return undefined
  }

  return createMiddleware<AppEnv>(async function fairShare(c, next) {
    const key = visitorOf(c)
    await begin(key)
    try {
      await next()
    } finally {
      end(key)
    }
  })
}
