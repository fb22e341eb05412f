import { useCallback, useState } from 'react'

import type { Shown } from '#features/coverage/shown.ts'

import {
  HEAD_ROW,
  NAME_COLUMN,
  stepFrom,
  TOTAL_COLUMN,
  TOTAL_ROW,
  type Place,
} from './grid-steps.ts'

export const HEAD = 'head'
export const NAME = 'name'
/** The row and the column of the totals. */
export const TOTAL = 'total'

type RowMark = number | typeof HEAD | typeof TOTAL

/** The cell that holds the grid's one tab stop, by its content: rows and columns come and go. */
type Cell = { row: RowMark; column: string }

/** The mark by which a cell is found in the page. */
export const markOf = (row: RowMark, column: string) => `${row}|${column}`

/** Keeps the active cell: it moves with the keys and follows the focus. */
export function useActiveCell(shown: Shown) {
  const [cell, setCell] = useState<Cell | null>(null)
  const place = placeOf(cell, shown)

  function step(event: { key: string; ctrlKey: boolean }, rowsOnPage: number): boolean {
    const next = stepFrom(place, event, shown, rowsOnPage)
    if (!next) return false
    setCell(cellAt(next, shown))
    return true
  }

  // the same function at every render; the mark of the focused cell is its argument
  const moveTo = useCallback((mark: string) => {
    const [row = '', column = ''] = mark.split('|')
    setCell({ row: row === HEAD || row === TOTAL ? row : Number(row), column })
  }, [])

  const { row, column } = cellAt(place, shown)
  return { place, row, column, mark: markOf(row, column), step, moveTo }
}

function placeOf(cell: Cell | null, { locations, columns }: Shown): Place {
  if (!cell) return { row: 0, column: NAME_COLUMN }
  const row = rowOf(cell, locations)
  if (cell.column === NAME) return { row, column: NAME_COLUMN }
  if (cell.column === TOTAL) return { row, column: TOTAL_COLUMN }
  const exact = columns.findIndex(({ key }) => key === cell.column)
  // an opened or closed group has other columns in the same place
  const slug = cell.column.split('/')[0]
  const column = exact >= 0 ? exact : columns.findIndex(({ key }) => key.split('/')[0] === slug)
  if (column >= 0) return { row, column }
  return { row: row === HEAD_ROW ? 0 : row, column: NAME_COLUMN }
}

function rowOf({ row }: Cell, locations: Shown['locations']): number {
  if (row === HEAD) return HEAD_ROW
  if (row === TOTAL) return TOTAL_ROW
  return Math.max(
    0,
    locations.findIndex(({ id }) => id === row),
  )
}

/** The head of a group is marked by the group's word, whichever of its columns is meant. */
function cellAt({ row, column }: Place, { locations, columns }: Shown): Cell {
  const key = column === TOTAL_COLUMN ? TOTAL : (columns[column]?.key ?? NAME)
  if (row === HEAD_ROW) return { row: HEAD, column: key.split('/')[0] ?? key }
  if (row === TOTAL_ROW) return { row: TOTAL, column: key }
  return { row: locations[row]?.id ?? HEAD, column: key }
}
