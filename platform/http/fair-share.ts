import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'

import { Failed } from './failure.ts'
import type { AppEnv } from './request-log.ts'

/** Requests of one visitor that are answered at the same time. */
const AT_ONCE = 20
/** Further requests of one visitor that may wait; a page makes far fewer at once. */
const IN_LINE = 100

const RETRY_AFTER_MS = 2_000

/**
 * Answers a few requests of each visitor at a time, so that a thousand from one person do not delay
 * everyone else. `visitorOf` returns the visitor a request belongs to.
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
    // the next request in line takes over this slot
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
