/** The published editions that can be enforced. */
type Edition = 'older' | 'newer'

type Rule = { counts: (method: string) => boolean; calls: number; windowMs: number }

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const isRead = (method: string) => method === 'GET' || method === 'HEAD'
const isWrite = (method: string) => ['POST', 'PUT', 'DELETE'].includes(method)
const isAny = () => true

/**
 * Both editions of the published limits; they contradict each other, and Nexudus advises not to
 * rely on either. Some endpoints have limits of their own, but none is known for those here.
 */
const RULES: Record<Edition, readonly Rule[]> = {
  older: [
    { counts: isWrite, calls: 60, windowMs: MINUTE },
    { counts: isWrite, calls: 2_500, windowMs: DAY },
    { counts: isRead, calls: 10, windowMs: SECOND / 10 },
  ],
  newer: [
    { counts: isWrite, calls: 60, windowMs: MINUTE },
    { counts: isWrite, calls: 5_000, windowMs: DAY },
    { counts: isAny, calls: 1, windowMs: SECOND / 10 },
    { counts: isAny, calls: 120, windowMs: MINUTE },
    { counts: isAny, calls: 5_000, windowMs: HOUR },
    { counts: isAny, calls: 200_000, windowMs: DAY },
  ],
}

/** A period that begins with its first call. */
type Window = { startedAt: number; calls: number }

type LimitedCall = { client: string; method: string; at: number }

export type Limits = ReturnType<typeof createLimits>

/**
 * Counts the calls of each client by an edition's rules. Documented: limits are per client,
 * identified by a "request signature". Not documented: the rest. Here a client is its credentials,
 * a window begins with its first call, and refused calls do not count. Kept in memory: a restart
 * begins anew, and so does another edition.
 */
export function createLimits() {
  let counted: Edition | undefined
  let windows = new Map<string, Window[]>()

  return {
    /** Returns 0 if the call may proceed, and counts it; otherwise the wait in milliseconds. */
    take(edition: Edition, { client, method, at }: LimitedCall): number {
      if (edition !== counted) windows = new Map()
      counted = edition
      const open = RULES[edition].map((rule, index) =>
        current(windows.get(client)?.[index], rule, at),
      )
      const meant = RULES[edition].flatMap((rule, index) => {
        const window = open[index]
        return window && rule.counts(method) ? [{ rule, window }] : []
      })
      const full = meant.filter(({ rule, window }) => window.calls >= rule.calls)
      if (full.length > 0) {
        return Math.max(...full.map(({ rule, window }) => window.startedAt + rule.windowMs - at))
      }

      for (const { window } of meant) {
        if (window.calls === 0) window.startedAt = at
        window.calls += 1
      }
      windows.set(client, open)
      return 0
    },
  }
}

/** The window of this moment. A clock that was set back also ends it, or nobody could call. */
function current(window: Window | undefined, { windowMs }: Rule, at: number): Window {
  const isOpen = window && at >= window.startedAt && at < window.startedAt + windowMs
  return isOpen ? window : { startedAt: at, calls: 0 }
}
