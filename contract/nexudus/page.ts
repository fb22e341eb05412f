import * as z from 'zod/mini'

import { createPager, type Paging, type TooMany } from './pager.ts'
import { wireFlag, wireInt } from './wire-values.ts'

/** A count that cannot be read is ignored. */
const counted = z.catch(z.nullish(wireInt), null)

/**
 * The list envelope. Nexudus documents two pairs of paging fields (`CurrentPage`/`CurrentPageSize`
 * and `PageNumber`/`PageSize`) in different editions; either, or neither, may be present. Rows are
 * parsed one by one, so that a malformed row does not cost the others.
 */
export const listPageSchema = z.looseObject({
  Records: z.array(z.unknown()),
  CurrentPage: counted,
  CurrentPageSize: counted,
  PageNumber: counted,
  PageSize: counted,
  HasNextPage: z.catch(z.nullish(wireFlag), null),
  TotalItems: counted,
  TotalPages: counted,
})

export type ListPage = z.infer<typeof listPageSchema>

/** A list, with counts of what could not be read. */
export type ListReading<Row> = {
  rows: Row[]
  /** Rows that arrived but could not be read, and rows too large to arrive. */
  unreadable: number
  /** Total according to Nexudus; at least the number of rows that arrived. */
  total: number
}

/** Rows that did not arrive, according to Nexudus' total. */
export const lacking = ({ rows, unreadable, total }: ListReading<unknown>): number =>
  total - rows.length - unreadable

const pageSizeOf = ({ CurrentPageSize, PageSize }: ListPage) => CurrentPageSize ?? PageSize

/**
 * True if another page may follow. Any sign of more is believed: `HasNextPage`, `TotalPages`,
 * `TotalItems` beyond the rows read so far, a full page, and the absence of any sign.
 */
export function hasPageAfter({ page, size }: Paging, envelope: ListPage, readSoFar: number) {
  const { Records, HasNextPage, TotalPages, TotalItems } = envelope
  if (Records.length === 0) return false
  if (HasNextPage || (TotalPages ?? 0) > page || (TotalItems ?? 0) > readSoFar) return true
  const said = pageSizeOf(envelope) ?? size
  const isFull = Records.length >= (said > 0 ? Math.min(said, size) : size)
  return isFull || (HasNextPage ?? TotalPages ?? TotalItems) == null
}

type Reading<Row> = {
  /**
   * Called after each page but the last of the first reading, with the rows so far and the total
   * that Nexudus gives.
   */
  onPage?: ((rows: readonly Row[], total: number | null) => void) | undefined
  fetchPage: (paging: Paging) => Promise<ListPage>
  /** The reason, if a page failed because of its number of rows, as far as can be told. */
  tooMany: (error: unknown) => TooMany | undefined
}

/** A parsed row: whatever else it has, it has an id. */
type Row<Schema extends z.ZodMiniType<{ Id: number }>> = z.output<Schema>

/** Most readings of a list that changes while it is read. */
const READINGS_AT_MOST = 3

/** Reads a whole list, page after page. */
export async function readList<Schema extends z.ZodMiniType<{ Id: number }>>(
  schema: Schema,
  reading: Reading<Row<Schema>>,
): Promise<ListReading<Row<Schema>>> {
  const pager = createPager()
  let { onPage } = reading
  for (let readings = 1; ; readings += 1) {
    const { isSteady, ...list } = await readOnce(schema, { ...reading, onPage }, pager)
    if (isSteady || readings >= READINGS_AT_MOST) return list
    pager.restart()
    onPage = undefined
  }
}

async function readOnce<Schema extends z.ZodMiniType<{ Id: number }>>(
  schema: Schema,
  { fetchPage, tooMany, onPage }: Reading<Row<Schema>>,
  pager: ReturnType<typeof createPager>,
) {
  const rows = new Map<number, Row<Schema>>()
  const odd = new Set<string>()
  let leftOut = 0
  const read = () => rows.size + odd.size + leftOut
  const totals = new Set<number>()

  /** The next page, or `undefined` if the list goes on without it. */
  async function fetchDue(paging: Paging): Promise<ListPage | undefined> {
    try {
      return await fetchPage(paging)
    } catch (error) {
      const why = tooMany(error)
      const left = why && pager.goOn(why)
      if (left === undefined) throw error
      leftOut += left
      return undefined
    }
  }

  for (;;) {
    const paging = pager.next()
    const answer = await fetchDue(paging)
    if (!answer) continue
    const before = read()
    for (const record of answer.Records) {
      const row = z.safeParse(schema, record)
      // a record added during the reading moves others to the next page: list none of them twice
      if (row.success) rows.set(row.data.Id, row.data)
      else odd.add(JSON.stringify(record))
    }
    if (typeof answer.TotalItems === 'number') totals.add(answer.TotalItems)
    const isMeant = pager.came({
      rows: answer.Records.length,
      pageSize: pageSizeOf(answer),
      total: answer.TotalItems,
    })
    // a page without a new row is the last one, whatever it says
    const isNew = read() > before
    if (isMeant && (!isNew || !hasPageAfter(paging, answer, read()))) break
    onPage?.([...rows.values()], answer.TotalItems ?? null)
  }
  return {
    rows: [...rows.values()],
    unreadable: odd.size + leftOut,
    total: Math.max(read(), ...totals),
    // a row removed during the reading moves others to a page that was read already
    isSteady: totals.size <= 1,
  }
}
