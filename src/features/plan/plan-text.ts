import Papa from 'papaparse'

import { MAX_PLAN_LENGTH, planAsCells, planAsJson, type PlanDocument } from '#contract/plan.ts'
import { knownColumns, planFromCells, planFromJson, type Plan } from '#contract/plan-read.ts'

export type PlanFormat = 'json' | 'csv'

// without it, the spreadsheet most people have takes the file for one of an older encoding
const BYTE_ORDER_MARK = '\uFEFF'

export function writePlan(document: PlanDocument, format: PlanFormat): string {
  if (format === 'json') return planAsJson(document)
  const cells = planAsCells(document.webhooks)
  return BYTE_ORDER_MARK + Papa.unparse(cells, { quotes: true, newline: '\r\n' }) + '\r\n'
}

/** Reads a plan in either form, and says what is wrong with one that is none. */
export function readPlan(text: string): Plan {
  if (text.length > MAX_PLAN_LENGTH) return tooLarge()
  const bare = text.replace(/^\uFEFF/, '')
  return /^\s*[{[]/.test(bare) ? planFromJson(bare) : readTable(bare)
}

export const tooLarge = (): Plan => ({
  entries: [],
  problems: [
    {
      line: null,
      column: null,
      text: 'The file is larger than 2 MB, and one import takes no more. Split it into several files.',
    },
  ],
  ignored: [],
})

const DELIMITERS = [',', ';', '\t', '|']

function readTable(text: string): Plan {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiterOf(text) })
  const broken = errors.flatMap(({ type, row }) => (type === 'Quotes' ? [row ?? 0] : []))
  return planFromCells(data, broken)
}

/** The one that makes most of the header known; what texts further down hold cannot mislead it. */
function delimiterOf(text: string): string {
  const known = DELIMITERS.map((delimiter) => {
    const options = { delimiter, preview: 1, skipEmptyLines: 'greedy' } as const
    return knownColumns(Papa.parse<string[]>(text, options).data[0] ?? [])
  })
  return DELIMITERS[known.indexOf(Math.max(...known))] ?? ','
}
