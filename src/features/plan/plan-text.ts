import Papa from 'papaparse'

import { looksHidden, maskAddress } from '#contract/address/address.ts'

import { MAX_PLAN_LENGTH, planAsCells, planAsJson, type PlanDocument } from './plan.ts'
import { knownColumns, planFromCells, planFromJson, type Plan } from './plan-read.ts'
import type { Steps } from './steps.ts'

export type PlanFormat = 'json' | 'csv'

// without it, the spreadsheet most people have takes the file for one of an older encoding
const BYTE_ORDER_MARK = '\uFEFF'

export function writePlan(document: PlanDocument, format: PlanFormat): string {
  if (format === 'json') return planAsJson(document)
  const cells = planAsCells(document.webhooks)
  return BYTE_ORDER_MARK + Papa.unparse(cells, { quotes: true, newline: '\r\n' }) + '\r\n'
}

/** Reads a plan in either form, and says what is wrong with one that is none. */
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

// what a spreadsheet writes into the first line to say which delimiter it took
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
 * The table in parts of so many records, each ended by a plain line feed: tools write header and
 * rows with different ends, and the parser takes the end it sees first for that of all. What is
 * inside a quoted cell is left as it is.
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

/** The one that is named, or that makes most of the header known: what texts hold cannot mislead it. */
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
 * The text of a plan without what opens doors: each address in it that has such a part is masked,
 * which the import reads as "as it is". Everything else stays to the letter.
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
    // a cell that is an address is one to its end, whatever is in it; a text may name some
    const address = /^("?\s*)([a-z][a-z\d+.-]*:\/\/.*?)(\s*"?)$/is.exec(token)
    if (address?.[2] === undefined) return token.replace(/https?:\/\/[^\s"<>]+/gi, mask)
    return `${address[1]}${mask(address[2])}${address[3]}`
  })
}
