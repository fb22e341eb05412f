import { ACTIONS, actionLabel } from '#contract/actions/actions.ts'
import { looksHidden } from '#contract/address/address.ts'

import { fromCell, MAX_PLAN_ROWS, PLAN_FORMAT, PLAN_VERSION } from './plan.ts'
import type { Steps } from './steps.ts'

/** What is wrong in a plan, where, and what to do about it. The line counts from 1. */
export type PlanProblem = { line: number | null; column: string | null; text: string }

/** One webhook as a plan wants it. A field the file does not have is left as it is. */
export type PlanEntry = {
  line: number
  id: number | null
  /** The location, as the file names it. */
  place: { number: number | null; name: string | null }
  Action?: number
  Name?: string
  URL?: string
  /** The address is a mask, which says nothing but "as it is". */
  isURLHidden: boolean
  Description?: string
  Active?: boolean
  problems: PlanProblem[]
}

export type Plan = {
  entries: PlanEntry[]
  /** Of the file as a whole. */
  problems: PlanProblem[]
  /** Columns that mean nothing to us, as the file writes them. */
  ignored: string[]
}

/** In the order of a CSV; every name the column goes by, without case, spaces and signs. */
const COLUMNS = {
  Id: ['id', 'webhookid'],
  Location: ['location', 'locationname', 'business', 'businessname'],
  'Location number': ['locationnumber', 'locationid', 'businessid'],
  Action: ['action', 'actionlabel', 'event'],
  'Action name': ['actionname'],
  'Action number': ['actionnumber', 'actionid'],
  Name: ['name', 'webhookname'],
  URL: ['url', 'address', 'webhookurl'],
  'URL hidden': ['urlhidden', 'addresshidden'],
  Description: ['description'],
  Active: ['active', 'enabled', 'on'],
} as const

type Column = keyof typeof COLUMNS
type Cells = Partial<Record<Column, unknown>>

const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

const columnByName = new Map(
  // Object.entries forgets what the keys are
  (Object.entries(COLUMNS) as [Column, readonly string[]][]).flatMap(([column, names]) =>
    names.map((name) => [name, column] as const),
  ),
)

/** How many of these names are columns of a plan: by it the delimiter of a table is told. */
export const knownColumns = (names: readonly string[]) =>
  names.filter((name) => columnByName.has(bare(name))).length

/** After how many rows there is a step. */
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

/** Reads the table of a plan. `broken` are rows, from 0, in which a quote was not closed. */
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

/** On which line each row begins: a cell may hold line breaks, of any kind. */
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

/** Where each webhook begins. Only for a text that is known to be JSON. */
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

/** Browsers say it in words of their own, some with the line, some with the position. */
function lineOfSyntaxError(error: unknown, text: string): number | null {
  const message = error instanceof Error ? error.message : ''
  const [, line] = /line (\d+)/.exec(message) ?? []
  if (line !== undefined) return Number(line)
  const [, position] = /position (\d+)/.exec(message) ?? []
  if (position !== undefined) return text.slice(0, Number(position)).split('\n').length
  return /end of (JSON|data)/i.test(message) ? text.trimEnd().split('\n').length : null
}

function readEntry(line: number, cells: Cells): PlanEntry {
  const problems: PlanProblem[] = []
  const complain = (column: Column, text: string) => problems.push({ line, column, text })
  const whole = (column: Column) => {
    const number = wholeNumber(cells[column])
    if (number === undefined) complain(column, `${quoted(cells[column])} is not a whole number.`)
    return number ?? null
  }
  const yesNo = (column: Column) => {
    const is = truth(cells[column])
    if (is === undefined && !isBlank(cells[column])) {
      complain(column, `${quoted(cells[column])} is neither yes nor no.`)
    }
    return is
  }

  const url = textOf(cells.URL)
  const isURLHidden = yesNo('URL hidden') ?? true
  const fields = {
    Action: readAction(cells, complain),
    Name: textOf(cells.Name),
    URL: url,
    Description: textOf(cells.Description),
    Active: yesNo('Active'),
  }
  return {
    line,
    id: whole('Id'),
    place: { number: whole('Location number'), name: textOf(cells.Location)?.trim() || null },
    ...withoutMissing(fields),
    // a mask that was replaced by an address is one
    isURLHidden: isURLHidden && looksHidden(url ?? ''),
    problems,
  }
}

const withoutMissing = <Fields extends object>(fields: Fields) =>
  // what is left has the same keys, fewer of them
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Field in keyof Fields]?: NonNullable<Fields[Field]>
  }

/** The number of the action, by number, API name or label; where the file has several, they agree. */
function readAction(cells: Cells, complain: (column: Column, text: string) => void) {
  const said = (['Action number', 'Action name', 'Action'] as const)
    .filter((column) => !isBlank(cells[column]))
    .map((column) => ({ column, number: actionNumber(cells[column]) }))
  const unknown = said.find(({ number }) => number === undefined)
  if (unknown) {
    const { column } = unknown
    complain(column, `${quoted(cells[column])} is not the number, API name or label of an action.`)
    return undefined
  }
  const [first, ...others] = said
  const other = others.find(({ number }) => number !== first?.number)
  if (first?.number !== undefined && other) {
    const text = `${quoted(cells[other.column])} is not the same action as ${first.number}, “${actionLabel(first.number)}”. Make them the same, or empty one.`
    complain(other.column, text)
  }
  return first?.number
}

const actionByName = new Map(
  ACTIONS.flatMap(({ number, name, label }) => [
    [bare(name), number] as const,
    [bare(label), number] as const,
  ]),
)

function actionNumber(value: unknown): number | undefined {
  const number = wholeNumber(value)
  if (number !== undefined && number !== null) return number
  const text = textOf(value) ?? ''
  // as our own export calls one that is not in our table
  const [, unknown] = /^Action (\d+)\b/i.exec(text.trim()) ?? []
  return actionByName.get(bare(text)) ?? wholeNumber(unknown ?? '-') ?? undefined
}

/**
 * `null` for nothing, `undefined` for what is no whole number. A table of Python's that has an
 * empty cell in a column writes all of its numbers with .0 behind them.
 */
function wholeNumber(value: unknown): number | null | undefined {
  if (isBlank(value)) return null
  const text = withoutZeros(textOf(value)?.trim() ?? '')
  const number = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : undefined
}

const withoutZeros = (text: string) => text.replace(/^(\d+)\.0+$/, '$1')

const TRUE = new Set(['yes', 'true', '1', 'on', 'y', 'active'])
const FALSE = new Set(['no', 'false', '0', 'off', 'n', 'inactive'])

function truth(value: unknown): boolean | undefined {
  const word = withoutZeros(textOf(value)?.trim().toLowerCase() ?? '')
  if (TRUE.has(word)) return true
  return FALSE.has(word) ? false : undefined
}

const isBlank = (value: unknown) => (textOf(value) ?? '').trim() === ''

/** A cell as text; `null` is an empty one, and what is not there stays so. */
function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (value === null) return ''
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value)
}

const QUOTED_AT_MOST = 40

function quoted(value: unknown): string {
  const text = textOf(value)?.trim() ?? ''
  return `“${text.length > QUOTED_AT_MOST ? `${text.slice(0, QUOTED_AT_MOST)}…` : text}”`
}
