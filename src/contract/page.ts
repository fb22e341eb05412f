import * as z from 'zod/mini'

/** What Nexudus accepts as `size` at most; more is cut down to it. */
export const MAX_PAGE_SIZE = 1000

/**
 * The list envelope. Nexudus documents two pairs of paging fields (`CurrentPage`/`CurrentPageSize`
 * and `PageNumber`/`PageSize`) in different editions; either, or neither, may be present.
 */
export function pageOf<Record extends z.ZodMiniType>(record: Record) {
  return z.looseObject({
    Records: z.array(record),
    CurrentPage: z.nullish(z.int()),
    CurrentPageSize: z.nullish(z.int()),
    PageNumber: z.nullish(z.int()),
    PageSize: z.nullish(z.int()),
    HasNextPage: z.nullish(z.boolean()),
    TotalItems: z.nullish(z.int()),
    TotalPages: z.nullish(z.int()),
  })
}

export type Page<Record> = {
  Records: Record[]
  HasNextPage?: boolean | null | undefined
  TotalItems?: number | null | undefined
  TotalPages?: number | null | undefined
}

/** Whether another page follows `page`; `TotalPages` is believed before `HasNextPage`. */
export function hasPageAfter(page: number, envelope: Page<unknown>): boolean {
  if (typeof envelope.TotalPages === 'number') return page < envelope.TotalPages
  return envelope.HasNextPage === true
}
