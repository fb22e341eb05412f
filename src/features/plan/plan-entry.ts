import { ACTIONS, actionLabel } from '#contract/actions/actions.ts'
import { looksHidden } from '#contract/address/address.ts'

/** An error in a plan, its place, and what to do about it. The line counts from 1. */
export type PlanProblem = { line: number | null; column: string | null; text: string }

/** One webhook as a plan wants it. A field that the file lacks stays as it is. */
export type PlanEntry = {
  line: number
  id: number | null
  /** The location, as the file names it. */
  place: { number: number | null; name: string | null }
  Action?: number
  Name?: string
  URL?: string
  /** True if the URL is a mask, which only means "as it is". */
  isURLHidden: boolean
  Description?: string
  Active?: boolean
  problems: PlanProblem[]
}

/** The columns of a CSV in order, with all names for each, without case, spaces and signs. */
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

export type Column = keyof typeof COLUMNS
export type Cells = Partial<Record<Column, unknown>>

export const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

export const columnByName = new Map(
  // Object.entries widens the type of the keys
  (Object.entries(COLUMNS) as [Column, readonly string[]][]).flatMap(([column, names]) =>
    names.map((name) => [name, column] as const),
  ),
)

/** Reads one webhook of a plan, from a row of a table or an object of a JSON. */
export function readEntry(line: number, cells: Cells): PlanEntry {
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
    // a mask that was replaced by a URL is one
    isURLHidden: isURLHidden && looksHidden(url ?? ''),
    problems,
  }
}

const withoutMissing = <Fields extends object>(fields: Fields) =>
  // a subset of the same keys
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Field in keyof Fields]?: NonNullable<Fields[Field]>
  }

/**
 * Finds the action by number, API name or label; if the file has several of these, they must agree.
 */
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
  // our own export writes an unknown action like this
  const [, unknown] = /^Action (\d+)\b/i.exec(text.trim()) ?? []
  return actionByName.get(bare(text)) ?? wholeNumber(unknown ?? '-') ?? undefined
}

/**
 * `null` for an empty value, `undefined` if it is no whole number. Python writes all numbers of a
 * column with an empty cell with .0 at the end.
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

/** A cell as text; `null` becomes an empty text, and a missing cell stays `undefined`. */
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
