// .NET writes a missing time as one in the year 1
const FIRST = Date.parse('1900-01-01T00:00:00Z')

/**
 * A time written by Nexudus, in milliseconds; `null` if there is none. A time without a zone is
 * UTC, in which Nexudus keeps its times; a browser would take it for the reader's own.
 */
export function timeOf(text: string | null | undefined): number | null {
  const written = text?.trim().replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T') ?? ''
  const isZoned = /T.*(Z|[+-]\d{2}:?\d{2})$/i.test(written)
  // JavaScript already reads a date without a time as UTC
  const at = Date.parse(isZoned || !/T/i.test(written) ? written : `${written}Z`)
  return Number.isNaN(at) || at < FIRST ? null : at
}
