import * as z from 'zod/mini'

/** The largest number that a `serial` column takes. */
const LARGEST_SERIAL = 2 ** 31 - 1

/** The id of a record at Nexudus. What JavaScript counts exactly, a `bigint` column takes. */
export const recordIdSchema = z.int().check(z.positive())

/** The id of what Hookdesk numbers itself: runs, their items, entries of the history. */
export const rowIdSchema = z.int().check(z.positive(), z.maximum(LARGEST_SERIAL))

/** An id as it stands in a path or a query. */
export const writtenId = <Id extends typeof recordIdSchema>(id: Id) =>
  z.pipe(z.pipe(z.string().check(z.regex(/^\d{1,16}$/)), z.transform(Number)), id)
