import { asc, desc, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import { conditionsOf, type Filter } from './list-filters.ts'
import type { Switches } from './switches.ts'

const DEFAULT_SIZE = 25
const MAX_PAGE_SIZE = 1000

/** What a list can be asked: the properties it can be ordered by, and its parameters. */
export type Listing = {
  id: PgColumn
  columns: Record<string, PgColumn>
  filters: Record<string, Filter>
}

export type ListQuery = {
  page: number
  size: number
  offset: number
  where: SQL | undefined
  orderBy: SQL[]
  orderField: string
  direction: 1 | -1
}

/** Reads a query string. Names are matched in any case; what is not known is ignored. */
export function readListQuery(url: string, listing: Listing, switches: Switches): ListQuery {
  const params = paramsOf(url)
  const first = (name: string) => params.get(name)?.[0]

  const page = positiveInt(first('page')) ?? 1
  const size = Math.min(positiveInt(first('size')) ?? DEFAULT_SIZE, MAX_PAGE_SIZE)
  const orderField = fieldOf(listing, first('orderby'))
  const isAscending = readDirection(first('dir'), switches)

  return {
    page,
    size,
    offset: (page - 1) * size,
    where: conditionsOf(listing.filters, params, switches),
    orderBy: orderOf(listing, orderField, isAscending),
    orderField,
    direction: isAscending === (switches.dirOne === 'ascending') ? 1 : -1,
  }
}

/**
 * The list envelope, with both documented pairs of paging fields. Positions of a page without
 * rows are not documented: they follow from the page as they would if it had some.
 */
export function listEnvelope<Record>(query: ListQuery, total: number, records: Record[]) {
  const { page, size, offset } = query
  const totalPages = Math.ceil(total / size)
  return {
    Records: records,
    CurrentPage: page,
    CurrentPageSize: size,
    CurrentOrderField: query.orderField,
    CurrentSortDirection: query.direction,
    FirstItem: offset + 1,
    HasNextPage: page < totalPages,
    HasPreviousPage: page > 1,
    LastItem: offset + records.length,
    PageNumber: page,
    PageSize: size,
    TotalItems: total,
    TotalPages: totalPages,
  }
}

function paramsOf(url: string): Map<string, string[]> {
  const params = new Map<string, string[]>()
  for (const [name, value] of new URL(url).searchParams) {
    const key = name.toLowerCase()
    // the database refuses a NUL in a text
    params.set(key, [...(params.get(key) ?? []), value.replaceAll('\0', '')])
  }
  return params
}

function positiveInt(text: string | undefined): number | undefined {
  // nine digits: a page times a size has to stay within what the database counts with
  return text !== undefined && /^0*[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}

function fieldOf({ columns }: Listing, wanted = 'Id'): string {
  const key = wanted.toLowerCase()
  return Object.keys(columns).find((name) => name.toLowerCase() === key) ?? 'Id'
}

function readDirection(dir: string | undefined, { dirOne }: Switches): boolean {
  const oneAscends = dirOne === 'ascending'
  switch (dir?.trim().toLowerCase()) {
    case '1':
      return oneAscends
    case '-1':
      return !oneAscends
    case 'descending':
      return false
    default:
      return true
  }
}

/** Empty values sort lowest, as in the database Nexudus is built on, and ties by id. */
function orderOf({ id, columns }: Listing, field: string, isAscending: boolean): SQL[] {
  const column = columns[field] ?? id
  // text sorts without regard to case, and alike on every server whatever its locale
  const value = column.dataType === 'string' ? sql`lower(${column}) collate "C"` : sql`${column}`
  return isAscending
    ? [sql`${value} asc nulls first`, asc(id)]
    : [sql`${value} desc nulls last`, desc(id)]
}
