import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useMemo, useState, type RefObject } from 'react'

import type { Column, Shown } from '#features/coverage/shown.ts'

import type { Place } from './grid-steps.ts'

// in rem, as in coverage-grid.module.css
const ROW = 3.25
const HEAD_OPEN = 9.25
const HEAD_CLOSED = 7.25
const TOTAL = 6
const GROUP = 6.75
const ACTION = 5
const STRETCH = 1.5
const NAME_WIDE = 15
const NAME_NARROW = 8.5
const NARROW_BOX = 30

// drawn beyond the visible ones, so that a step of the wheel shows no empty cells
const MORE_ROWS = 4
const MORE_COLUMNS = 2

export type ShownColumn = { column: Column; index: number }

/** Selects the rows and columns to draw: the visible ones, and always the active ones. */
export function useGridWindow(box: RefObject<HTMLDivElement | null>, shown: Shown, active: Place) {
  const [rem] = useState(rootFontSize)
  const { locations, columns } = shown
  const hasOpen = columns.some(({ action }) => action !== null)
  const head = (hasOpen ? HEAD_OPEN : HEAD_CLOSED) * rem

  // its results are read here at every render, and nothing below keeps them
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: locations.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW * rem,
    getItemKey: useCallback((index: number) => locations[index]?.id ?? index, [locations]),
    rangeExtractor: useExtractorWith(active.row),
    overscan: MORE_ROWS,
    useFlushSync: false,
    scrollMargin: head,
  })

  const boxWidth = rows.scrollRect?.width ?? 0
  const isNarrow = boxWidth < NARROW_BOX * rem
  const name = (isNarrow ? NAME_NARROW : NAME_WIDE) * rem
  const before = name + TOTAL * rem
  const sizes = useMemo(
    () => sizesOf(columns, (boxWidth - before) / rem).map((size) => size * rem),
    [columns, boxWidth, before, rem],
  )
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => sizes[index] ?? 0,
    // a new function for new sizes, or the virtualizer would keep the old ones
    getItemKey: useCallback((index: number) => `${index}:${sizes[index]}`, [sizes]),
    rangeExtractor: useExtractorWith(active.column),
    overscan: MORE_COLUMNS,
    useFlushSync: false,
    scrollMargin: before,
  })

  const indexes = across.getVirtualItems().map(({ index }) => index)
  const seen = indexes.join()
  // the same list while the same columns are visible: every row holds it
  const visible = useMemo(
    (): ShownColumn[] =>
      seen.split(',').flatMap((text) => {
        const column = text === '' ? undefined : columns[Number(text)]
        return column ? [{ column, index: Number(text) }] : []
      }),
    [columns, seen],
  )

  return {
    rows: rows.getVirtualItems().map(({ index, start }) => ({ index, top: start - head })),
    visible,
    head,
    height: rows.getTotalSize(),
    name,
    // there is no room for two columns that stay
    stays: isNarrow ? name : before,
    isNarrow,
    template: [name, TOTAL * rem, ...sizes].map((size) => `${size}px`).join(' '),
    rowsOnPage: Math.max(1, Math.floor(((rows.scrollRect?.height ?? 0) - head) / (ROW * rem)) - 1),
  }
}

function useExtractorWith(active: number) {
  return useCallback(
    (range: Range) => {
      const seen = defaultRangeExtractor(range)
      const isThere = active < 0 || active >= range.count || seen.includes(active)
      return isThere ? seen : [...seen, active].toSorted((a, b) => a - b)
    },
    [active],
  )
}

/** Shares out spare room among the columns, up to a limit. */
function sizesOf(columns: readonly Column[], room: number): number[] {
  const sizes = columns.map(({ action }) => (action ? ACTION : GROUP))
  const needed = sizes.reduce((sum, size) => sum + size, 0)
  const stretch = Math.min(STRETCH, Math.max(1, room / needed))
  return sizes.map((size) => size * stretch)
}

const rootFontSize = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
