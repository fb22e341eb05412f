import { and, gte, ilike, inArray, lte, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import type { Switches } from './switches.ts'

/** A way to turn the values of a parameter into a condition on its column. */
type FilterKind =
  'ids' | 'exact' | 'text' | 'int' | 'bool' | 'fromInt' | 'toInt' | 'fromTime' | 'toTime'

export type Filter = { column: PgColumn; kind: FilterKind }

type Condition = (column: PgColumn, values: string[], switches: Switches) => SQL | undefined

/**
 * A value that cannot be read is ignored, like an unknown parameter: Nexudus' treatment of such
 * values is not documented, but it is known to drop unknown parameters in silence.
 */
const CONDITIONS: Record<FilterKind, Condition> = {
  ids: (column, values) => {
    const ids = values.flatMap((value) => intOf(value) ?? [])
    return ids.length > 0 ? inArray(column, ids) : undefined
  },
  exact: (column, [value = '']) => sql`lower(${column}) = lower(${value})`,
  text: (column, [value = ''], { stringFilter }) =>
    stringFilter === 'exact'
      ? sql`lower(${column}) = lower(${value})`
      : ilike(column, `%${value.replace(/[\\%_]/g, '\\$&')}%`),
  int: (column, [value = '']) => compareInt(value, (int) => sql`${column} = ${int}::bigint`),
  bool: (column, [value = '']) => {
    const isKnown = /^(true|false)$/i.test(value)
    return isKnown ? sql`${column} = ${value.toLowerCase() === 'true'}` : undefined
  },
  fromInt: (column, [value = '']) => compareInt(value, (int) => sql`${column} >= ${int}::bigint`),
  toInt: (column, [value = '']) => compareInt(value, (int) => sql`${column} <= ${int}::bigint`),
  fromTime: (column, [value = '']) =>
    compareMinute(value, (minute) => gte(minuteOf(column), minute)),
  toTime: (column, [value = '']) => compareMinute(value, (minute) => lte(minuteOf(column), minute)),
}

export function conditionsOf(
  filters: Record<string, Filter>,
  params: Map<string, string[]>,
  switches: Switches,
): SQL | undefined {
  const conditions = Object.entries(filters).map(([name, { column, kind }]) => {
    const values = params.get(name.toLowerCase())?.filter((value) => value !== '') ?? []
    return values.length > 0 ? CONDITIONS[kind](column, values, switches) : undefined
  })
  return and(...conditions)
}

function intOf(value: string): number | undefined {
  return /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : undefined
}

function compareInt(value: string, compare: (int: number) => SQL): SQL | undefined {
  const int = intOf(value)
  return int === undefined ? undefined : compare(int)
}

// dates filter at minute precision; anything after the minute is ignored
const MINUTE_LENGTH = '2026-03-02T09:14'.length

const minuteOf = (column: PgColumn) => sql`left(${column}, ${sql.raw(String(MINUTE_LENGTH))})`

function compareMinute(value: string, compare: (minute: string) => SQL): SQL | undefined {
  // without a zone it is UTC, as everywhere in this API
  const isZoned = /(z|[+-]\d\d:?\d\d)$/i.test(value)
  const hasTime = value.includes('T')
  const at = new Date(isZoned || !hasTime ? value : `${value}Z`)
  return Number.isNaN(at.getTime()) ? undefined : compare(at.toISOString().slice(0, MINUTE_LENGTH))
}
