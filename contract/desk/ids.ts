import * as z from 'zod/mini'

/** The largest number that a `serial` column holds. */
const LARGEST_SERIAL = 2 ** 31 - 1

/**
 * The id of a record at Nexudus. A `bigint` column holds every integer that JavaScript counts
 * exactly.
 */
export const recordIdSchema = z.int().check(z.positive())

/** The id of a row that Hookdesk numbers itself: runs, their items, history entries. */
export const rowIdSchema = z.int().check(z.positive(), z.maximum(LARGEST_SERIAL))

/** An id written in a path or a query. */
export const writtenId = <Id extends typeof recordIdSchema>(id: Id) =>
  z.pipe(z.pipe(z.string().check(z.regex(/^\d{1,16}$/)), z.transform(Number)), id)
