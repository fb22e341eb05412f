import Papa from 'papaparse'

/** A byte order mark, without which spreadsheets garble the accents of names. */
export const CSV_MARK = '\uFEFF'

/**
 * Lines end as RFC 4180 demands. A value that a spreadsheet would take for a formula gets an
 * apostrophe in front; papaparse's own pattern misses values with a line break.
 */
export function csvOf(lines: unknown[][]): string {
  return `${Papa.unparse(lines, { newline: '\r\n', escapeFormulae: /^[=+\-@\t\r\n＝＋－＠]/u })}\r\n`
}
