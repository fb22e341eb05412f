import { Failed } from '#platform/http/failure.ts'

export type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path and query, e.g. `/api/sys/webhooks?page=1`. */
  path: string
  headers?: Record<string, string>
  body?: string
  /** How often a read is tried; `TRIES` times if nothing is said. */
  tries?: number
  /** Whose back-off it shares: Nexudus throttles per account. */
  account: string
}

/** Of a read: one more than the longest burst of failures that was ever seen, five in a row. */
export const TRIES = 6

/** Whatever is answered here may hold a token. */
export const TOKEN_PATH = '/api/token'

export type Limits = {
  /** Until the headers are there, in milliseconds. */
  firstByteMs: number
  /** Until the whole answer is there, tries and waits included, in milliseconds. */
  totalMs: number
  /** Of the decoded body. */
  maxBytes: number
}

export const LIMITS: Limits = { firstByteMs: 10_000, totalMs: 20_000, maxBytes: 8 * 1024 * 1024 }

/** Of a write whose answer is lost nobody knows what became of it. */
export const unknownIfWrite = (call: Call) =>
  call.method === 'GET' ? {} : ({ outcome: 'unknown' } as const)

export const timedOut = (call: Call) => new Failed('upstream_timeout', unknownIfWrite(call))
