/** Rows in one statement: far below the 65,535 parameters that one may have. */
const ROWS_AT_ONCE = 500

/** Items in parts, to insert many or to ask for many. */
export function chunksOf<Item>(items: readonly Item[], size = ROWS_AT_ONCE): Item[][] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size))
}
