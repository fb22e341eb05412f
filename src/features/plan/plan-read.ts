import { fromCell, MAX_PLAN_ROWS, PLAN_FORMAT, PLAN_VERSION } from './plan.ts'
import {
  bare,
  columnByName,
  readEntry,
  type Cells,
  type PlanEntry,
  type PlanProblem,
} from './plan-entry.ts'
import type { Steps } from './steps.ts'

export type Plan = {
  entries: PlanEntry[]
  /** Problems of the file as a whole. */
  problems: PlanProblem[]
  /** Unknown columns, as the file writes them. */
  ignored: string[]
}

/** Counts the names that are columns of a plan; the delimiter with the highest count is used. */
export const knownColumns = (names: readonly string[]) =>
  names.filter((name) => columnByName.has(bare(name))).length

/** The number of rows between two steps. */
const STEP = 50

const fileProblem = (text: string, line: number | null = null): Plan => ({
  entries: [],
  problems: [{ line, column: null, text }],
  ignored: [],
})

const tooMany = (count: number) =>
  fileProblem(
    `The file has ${count.toLocaleString('en')} webhooks; one import takes at most ${MAX_PLAN_ROWS.toLocaleString('en')}. Split it into several files.`,
  )

/** Reads the table of a plan. `broken` lists rows, from 0, with an unclosed quote. */
export function* planFromCells(
  table: readonly string[][],
  broken: readonly number[] = [],
): Steps<Plan> {
  const isFilled = (cells: readonly string[]) => cells.some((cell) => cell.trim() !== '')
  const head = table.findIndex(isFilled)
  const header = table[head]?.map((name) => name.trim()) ?? []
  if (knownColumns(header) < 2) {
    return fileProblem(
      'This is not a plan file. Its first line should name the columns, such as Name, Location, Action and URL.',
      1,
    )
  }
  const columns = header.map((name) => columnByName.get(bare(name)))
  const twice = columns.find((column, at) => column && columns.indexOf(column) !== at)
  if (twice) {
    const line = linesOf(table.slice(0, head + 1)).at(-1) ?? 1
    return fileProblem(`There are two columns for ${twice}. Keep one.`, line)
  }

  const rows: number[] = []
  for (let at = head + 1; at < table.length; at += 1) {
    if (isFilled(table[at] ?? [])) rows.push(at)
    if (at % STEP === 0) yield
  }
  if (rows.length > MAX_PLAN_ROWS) return tooMany(rows.length)

  const lines = linesOf(table)
  const unclosed = new Set(broken)
  const entries: PlanEntry[] = []
  for (const at of rows) {
    const row = table[at] ?? []
    const line = lines[at] ?? 1
    const cells: Cells = {}
    columns.forEach((column, index) => {
      const cell = row[index]
      if (column && cell !== undefined) cells[column] = fromCell(cell)
    })
    const entry = readEntry(line, cells)
    const complain = (text: string) => entry.problems.push({ line, column: null, text })
    if (unclosed.has(at))
      complain('A quotation mark opens here without closing, or stands inside a cell.')
    if (row.slice(columns.length).some((cell) => cell.trim() !== '')) {
      complain(
        'This line has more cells than columns. Put quotation marks around a text that contains a separator.',
      )
    }
    entries.push(entry)
    if (entries.length % STEP === 0) yield
  }
  const ignored = header.filter((name, index) => name !== '' && columns[index] === undefined)
  return { entries, problems: [], ignored }
}

/** The line on which each row begins: a cell may contain line breaks of any kind. */
function linesOf(table: readonly string[][]): number[] {
  let line = 1
  return table.map((cells) => {
    const first = line
    const breaks = cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0)
    line += 1 + breaks
    return first
  })
}

export function* planFromJson(text: string): Steps<Plan> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return fileProblem('Hookdesk cannot read this JSON.', lineOfSyntaxError(error, text))
  }
  if (!isObject(json) || json.format !== PLAN_FORMAT || !Array.isArray(json.webhooks)) {
    return fileProblem(`This is JSON, but not a plan file: its “format” is not “${PLAN_FORMAT}”.`)
  }
  if (json.version !== PLAN_VERSION) {
    return fileProblem(
      'This plan file comes from another version of Hookdesk, and this version cannot read it.',
    )
  }
  const webhooks: unknown[] = json.webhooks
  if (webhooks.length > MAX_PLAN_ROWS) return tooMany(webhooks.length)
  const objects = webhooks.filter(isObject)
  if (objects.length < webhooks.length) {
    return fileProblem('An entry in its “webhooks” is not a webhook.')
  }

  const names = locationNames(json.locations)
  const lines = yield* linesOfWebhooks(text)
  const ignored = new Set<string>()
  const entries: PlanEntry[] = []
  for (const webhook of objects) {
    const cells: Cells = {}
    for (const [name, value] of Object.entries(webhook)) {
      const column = columnByName.get(bare(name))
      if (column) cells[column] = value
      else ignored.add(name)
    }
    cells.Location ??= names.get(cells['Location number'])
    entries.push(readEntry(lines[entries.length] ?? 1, cells))
    if (entries.length % STEP === 0) yield
  }
  return { entries, problems: [], ignored: [...ignored] }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function locationNames(list: unknown): Map<unknown, unknown> {
  const locations: unknown[] = Array.isArray(list) ? list : []
  return new Map(locations.filter(isObject).map(({ id, name }) => [id, name]))
}

/** The line on which each webhook begins. Only for a text that is valid JSON. */
function* linesOfWebhooks(text: string): Steps<number[]> {
  const lines: number[] = []
  let tokens = 0
  let depth = 0
  let key = ''
  let line = 1
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]|\r\n|\r|\n/g)) {
    if (token === '{' || token === '[') {
      if (token === '{' && depth === 2 && key === '"webhooks"') lines.push(line)
      depth += 1
    } else if (token === '}' || token === ']') depth -= 1
    else if (token.startsWith('"')) key = depth === 1 ? token : key
    else line += 1
    tokens += 1
    if (tokens % (20 * STEP) === 0) yield
  }
  return lines
}

/** Browsers word the error differently, some with the line, some with the position. */
function lineOfSyntaxError(error: unknown, text: string): number | null {
  const message = error instanceof Error ? error.message : ''
  const [, line] = /line (\d+)/.exec(message) ?? []
  if (line !== undefined) return Number(line)
  const [, position] = /position (\d+)/.exec(message) ?? []
  if (position !== undefined) return text.slice(0, Number(position)).split('\n').length
  return /end of (JSON|data)/i.test(message) ? text.trimEnd().split('\n').length : null
}
