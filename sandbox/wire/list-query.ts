import { asc, desc, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

import { Message } from './errors.ts'
import { conditionsOf, type Filter } from './list-filters.ts'
import type { Switches } from './switches.ts'

const DEFAULT_SIZE = 25
const MAX_PAGE_SIZE = 1000

/** Options of a list: the properties to order it by, and its parameters. */
export type Listing = {
  id: PgColumn
  columns: Record<string, PgColumn>
  filters: Record<string, Filter>
}

type Page = { page: number; size: number; offset: number }
type Order = { orderField: string; direction: 1 | -1 }

export type ListQuery = Page & Order & { where: SQL | undefined; orderBy: SQL[] }

/** Reads a query string. Names match in any case; unknown ones are ignored. */
export function readListQuery(url: string, listing: Listing, switches: Switches): ListQuery {
  const params = paramsOf(url)
  const orderField = fieldOf(listing, params.get('orderby')?.[0])
  const isAscending = readDirection(params.get('dir')?.[0], switches)

  return {
    ...readPage(url, switches),
    where: conditionsOf(listing.filters, params, switches),
    orderBy: orderOf(listing, orderField, isAscending),
    orderField,
    direction: isAscending === (switches.dirOne === 'ascending') ? 1 : -1,
  }
}

/**
 * The requested page. A size above the documented maximum is cut, or refused if the switch says so:
 * neither Nexudus' treatment of it nor its text is known.
 */
export function readPage(url: string, { oversizedPage }: Switches): Page {
  const params = paramsOf(url)
  const page = positiveInt(params.get('page')?.[0]) ?? 1
  const wanted = positiveInt(params.get('size')?.[0]) ?? DEFAULT_SIZE
  if (wanted > MAX_PAGE_SIZE && oversizedPage === 'refused') {
    throw new Message(400, 'The request is invalid.')
  }
  const size = Math.min(wanted, MAX_PAGE_SIZE)
  return { page, size, offset: (page - 1) * size }
}

/**
 * The list envelope, with both documented pairs of paging fields. The positions of a page without
 * rows are not documented; here they are computed as if it had some.
 */
export function listEnvelope<Record>(query: Page & Order, total: number, records: Record[]) {
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

/** The parameters by their names in lower case. */
export function paramsOf(url: string): Map<string, string[]> {
  const params = new Map<string, string[]>()
  for (const [name, value] of new URL(url).searchParams) {
    const key = name.toLowerCase()
    // the database refuses a NUL in a text
    params.set(key, [...(params.get(key) ?? []), value.replaceAll('\0', '')])
  }
  return params
}

function positiveInt(text: string | undefined): number | undefined {
  // nine digits at most: page times size has to stay within the database's numbers
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

/** Empty values sort lowest, as in Nexudus' database, and ties by id. */
function orderOf({ id, columns }: Listing, field: string, isAscending: boolean): SQL[] {
  const column = columns[field] ?? id
  // text sorts without regard to case, and alike on every server whatever its locale
  const value = column.dataType === 'string' ? sql`lower(${column}) collate "C"` : sql`${column}`
  return isAscending
    ? [sql`${value} asc nulls first`, asc(id)]
    : [sql`${value} desc nulls last`, desc(id)]
}
