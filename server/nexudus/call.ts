import { Failed } from '#platform/http/failure.ts'

export type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path and query, e.g. `/api/sys/webhooks?page=1`. */
  path: string
  headers?: Record<string, string>
  body?: string
  /** Attempts for a read; `TRIES` if absent. */
  tries?: number
  /** The account whose back-off it shares: Nexudus throttles per account. */
  account: string
}

/**
 * Attempts for a read: one more than the longest burst of failures ever observed, five in a row.
 */
export const TRIES = 6

/** Any answer of this path may hold a token. */
export const TOKEN_PATH = '/api/token'

export type Limits = {
  /** Until the headers have arrived, in milliseconds. */
  firstByteMs: number
  /** Until the whole answer has arrived, attempts and waits included, in milliseconds. */
  totalMs: number
  /** Maximum decoded size, in bytes. */
  maxBytes: number
}

export const LIMITS: Limits = { firstByteMs: 10_000, totalMs: 20_000, maxBytes: 8 * 1024 * 1024 }

/** The outcome of a call whose answer was lost: unknown for a write. */
export const unknownIfWrite = (call: Call) =>
  call.method === 'GET' ? {} : ({ outcome: 'unknown' } as const)

export const timedOut = (call: Call) => new Failed('upstream_timeout', unknownIfWrite(call))
