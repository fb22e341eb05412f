import type { Shown } from '#features/coverage/shown.ts'

/**
 * A cell of the grid. The groups and the totals are above the first row, the names and the totals
 * before the first column.
 */
export type Place = { row: number; column: number }

export const HEAD_ROW = -2
export const TOTAL_ROW = -1
export const NAME_COLUMN = -2
export const TOTAL_COLUMN = -1

/** The rows above the first location, and the columns before the first action, as they are counted. */
export const ROWS_BEFORE = 3
export const COLUMNS_BEFORE = 2

type Press = { key: string; ctrlKey: boolean }

/** The cell that a key leads to; `undefined` for other keys. */
export function stepFrom(
  { row, column }: Place,
  { key, ctrlKey }: Press,
  shown: Shown,
  rowsOnPage: number,
): Place | undefined {
  const lastRow = shown.locations.length - 1
  const lastColumn = shown.columns.length - 1
  const isHead = row === HEAD_ROW
  // the head of a group is one cell over all its columns
  const group = shown.groups.find(({ start, span }) => column >= start && column < start + span)
  const firstColumn = isHead ? 0 : NAME_COLUMN
  const highestRow = column < 0 ? TOTAL_ROW : HEAD_ROW

  switch (key) {
    case 'ArrowLeft':
      return { row, column: Math.max(firstColumn, (isHead && group ? group.start : column) - 1) }
    case 'ArrowRight': {
      const next = isHead && group ? group.start + group.span : column + 1
      return { row, column: next > lastColumn ? column : next }
    }
    case 'ArrowUp':
      return { row: Math.max(highestRow, row - 1), column }
    case 'ArrowDown':
      return { row: Math.min(lastRow, row + 1), column }
    case 'PageUp':
      return { row: row < 0 ? row : Math.max(0, row - rowsOnPage), column }
    case 'PageDown':
      return { row: Math.min(lastRow, Math.max(0, row) + rowsOnPage), column }
    case 'Home':
      return ctrlKey ? { row: 0, column: NAME_COLUMN } : { row, column: firstColumn }
    case 'End':
      return { row: ctrlKey ? lastRow : row, column: lastColumn }
    default:
      return undefined
  }
}
