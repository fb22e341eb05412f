/** Error codes of the system: the other end of the connection is missing or has gone. */
const CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/**
 * Beginnings of PostgreSQL's SQLSTATE codes: the connection failed, no resources, shutting down or
 * starting up, a statement or a transaction that took too long, the disk.
 */
const STATES = /^(08|53|57P0|57014|25P03|58)/

// errors that the pg package raises itself carry no code
const WORDS =
  /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|Cannot use a pool after)/

/** True if the database is away or out of room: nobody's mistake, and it passes. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (CONNECTION.has(code) || STATES.test(code) || WORDS.test(error.message)) return true
  return isUnavailable(error.cause)
}
