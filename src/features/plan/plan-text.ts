import Papa from 'papaparse'

import { looksHidden, maskAddress } from '#contract/address/address.ts'

import { MAX_PLAN_LENGTH, planAsCells, planAsJson, type PlanDocument } from './plan.ts'
import { knownColumns, planFromCells, planFromJson, type Plan } from './plan-read.ts'
import type { Steps } from './steps.ts'

export type PlanFormat = 'json' | 'csv'

// without it Excel reads the file in an older encoding
const BYTE_ORDER_MARK = '\uFEFF'

export function writePlan(document: PlanDocument, format: PlanFormat): string {
  if (format === 'json') return planAsJson(document)
  const cells = planAsCells(document.webhooks)
  return BYTE_ORDER_MARK + Papa.unparse(cells, { quotes: true, newline: '\r\n' }) + '\r\n'
}

/** Reads a plan in either form; a text that is neither gets a problem. */
export function* readPlan(text: string): Steps<Plan> {
  if (text.length > MAX_PLAN_LENGTH) return tooLarge()
  const bare = text.replace(/^\uFEFF/, '')
  return yield* /^\s*[{[]/.test(bare) ? planFromJson(bare) : readTable(bare)
}

const tooLarge = (): Plan => ({
  entries: [],
  problems: [{ line: null, column: null, text: TOO_LARGE }],
  ignored: [],
})

export const TOO_LARGE =
  'The file is larger than 2 MB, the most one import takes. Split it into several files.'

const DELIMITERS = [',', ';', '\t', '|']

// the first line with which a spreadsheet names its delimiter
const NAMED_DELIMITER = /^"?sep=([^\r\n])"?(?=\r|\n|$)/i

function* readTable(text: string): Steps<Plan> {
  const delimiter = delimiterOf(text)
  const table: string[][] = []
  const broken: number[] = []
  for (const records of recordsOf(text.replace(NAMED_DELIMITER, ''), delimiter)) {
    const { data, errors } = Papa.parse<string[]>(records, { delimiter, newline: '\n' })
    for (const { type, row } of errors)
      if (type === 'Quotes') broken.push(table.length + (row ?? 0))
    for (const cells of data) table.push(cells)
    yield
  }
  return yield* planFromCells(table, broken)
}

const RECORDS_AT_ONCE = 500

/**
 * Splits the table into parts of so many records, each ended by a line feed. Tools write header and
 * rows with different line ends, and the parser would use the first one for all. The content of
 * quoted cells stays as it is.
 */
function* recordsOf(text: string, delimiter: string): Generator<string> {
  const quotedCell = `(?<=^|[${delimiter}\\r\\n])"[^"]*(?:""[^"]*)*"?`
  let part = ''
  let from = 0
  let records = 0
  for (const { 0: token, index } of text.matchAll(new RegExp(`${quotedCell}|\\r\\n?|\\n`, 'g'))) {
    if (token.startsWith('"')) continue
    part += text.slice(from, index)
    from = index + token.length
    records += 1
    if (records % RECORDS_AT_ONCE > 0) part += '\n'
    else {
      yield part
      part = ''
    }
  }
  yield part + text.slice(from)
}

/**
 * The named delimiter, or the one that makes most of the header known; texts in cells cannot
 * mislead it.
 */
function delimiterOf(text: string): string {
  const named = NAMED_DELIMITER.exec(text)?.[1]
  if (named !== undefined && DELIMITERS.includes(named)) return named
  const known = DELIMITERS.map((delimiter) => {
    const options = { delimiter, preview: 1, skipEmptyLines: 'greedy' } as const
    return knownColumns(Papa.parse<string[]>(text, options).data[0] ?? [])
  })
  return DELIMITERS[known.indexOf(Math.max(...known))] ?? ','
}

/**
 * The text of a plan without secrets: each URL with a secret part is masked, and the import reads
 * the mask as "as it is". All other text stays exactly the same.
 */
export function withoutSecrets(text: string): string {
  const cell = /^\s*[{[]/.test(text)
    ? /"(?:[^"\\]|\\.)*"?/gs
    : new RegExp(`"[^"]*(?:""[^"]*)*"?|[^"${delimiterOf(text)}\\r\\n]+`, 'g')
  const mask = (address: string) => {
    const masked = maskAddress(address)
    return looksHidden(masked) ? masked : address
  }
  return text.replace(cell, (token) => {
    // a cell that is a URL is one to its end, whatever it contains; a text may contain URLs
    const address = /^("?\s*)([a-z][a-z\d+.-]*:\/\/.*?)(\s*"?)$/is.exec(token)
    if (address?.[2] === undefined) return token.replace(/https?:\/\/[^\s"<>]+/gi, mask)
    return `${address[1]}${mask(address[2])}${address[3]}`
  })
}
