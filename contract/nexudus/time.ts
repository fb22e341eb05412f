// what .NET writes where there is no time at all is in the year 1
const FIRST = Date.parse('1900-01-01T00:00:00Z')

/**
 * A moment as Nexudus writes it, in milliseconds; `null` where there is none. What has no zone is
 * UTC, which is how Nexudus keeps its times; a browser would take it for the reader's own.
 */
export function timeOf(text: string | null | undefined): number | null {
  const written = text?.trim().replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T') ?? ''
  const isZoned = /T.*(Z|[+-]\d{2}:?\d{2})$/i.test(written)
  // a date alone is UTC by itself
  const at = Date.parse(isZoned || !/T/i.test(written) ? written : `${written}Z`)
  return Number.isNaN(at) || at < FIRST ? null : at
}
