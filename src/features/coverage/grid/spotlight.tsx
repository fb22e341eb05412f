import { useState, type ReactNode } from 'react'

import {
  cellWords,
  gapWords,
  locationWords,
  shareWords,
  summaryOf,
  summaryWords,
} from '#features/coverage/cell-words.ts'
import type { Coverage, CoverageLocation } from '#features/coverage/coverage.ts'
import { totalOf, type Column, type Shown } from '#features/coverage/shown.ts'
import { NO_WEBHOOKS } from '#features/coverage/totals.ts'
import { plural } from '#contract/words/plural.ts'

import classes from './coverage-grid.module.css'
import { TOTAL } from './use-active-cell.ts'

type SpotlightProps = {
  coverage: Coverage
  shown: Shown
  barredAt: (location: CoverageLocation) => string | undefined
  children: ReactNode
}

/**
 * Describes the cell under the pointer or with the focus above the grid. It is only to be seen:
 * screen readers read the cell itself. It takes the grid as children, so that pointing at another
 * cell draws one line only.
 */
export function Spotlight({ coverage, shown, barredAt, children }: SpotlightProps) {
  const [mark, setMark] = useState<string | null>(null)
  const point = ({ target }: { target: EventTarget }) => {
    const cell = target instanceof Element ? target.closest('td, th') : null
    const marked = cell?.querySelector<HTMLElement>('[data-at]') ?? cell
    setMark((marked instanceof HTMLElement && marked.dataset.at) || null)
  }
  const words = mark && wordsOf(mark, { coverage, shown, barredAt })

  return (
    <div onPointerOver={point} onPointerLeave={() => setMark(null)} onFocus={point}>
      <p className={classes.spotlight} aria-hidden>
        {words ?? (
          <span className={classes.hint}>
            Point at a tile to read it. Arrow keys move, Enter opens, the space bar ticks a gap.
          </span>
        )}
      </p>
      {children}
    </div>
  )
}

type Known = Omit<SpotlightProps, 'children'>

function wordsOf(mark: string, { coverage, shown, barredAt }: Known): ReactNode {
  const [row, key] = mark.split('|')
  const column = shown.columns.find((column) => column.key === key)
  if (row === TOTAL) return totalWords(column, shown)
  const location = shown.locations.find(({ id }) => String(id) === row)
  if (!location) return null
  const what = column && wordsOfCell(location, column, { coverage, shown, barredAt })
  return (
    <>
      <bdi>
        <strong>{location.name}</strong>
      </bdi>
      <span>{` · ${what ?? locationWords(location, shown.totals.byLocation.get(location.id) ?? NO_WEBHOOKS)}`}</span>
    </>
  )
}

function totalWords(column: Column | undefined, { locations, totals }: Shown): ReactNode {
  const name = column && (column.action?.label ?? column.group)
  return (
    <>
      <strong>{plural(locations.length, 'location')}</strong>
      <span>{` · ${name ? `${name}: ` : ''}${shareWords(column ? totalOf(column, totals) : totals.all)}`}</span>
    </>
  )
}

function wordsOfCell(
  location: CoverageLocation,
  { action, group }: Shown['columns'][number],
  { coverage, shown, barredAt }: Known,
): string | undefined {
  if (!action) {
    const actions = shown.groups.find((one) => one.group === group)?.actions ?? []
    return `${group}: ${summaryWords(summaryOf(location, actions))}`
  }
  const cell = location.cells.get(action.number)
  if (!cell) {
    const barred = barredAt(location)
    const act = barred === undefined ? 'Press to create one.' : `${barred}.`
    return `${action.label}: ${gapWords(location, action.number, coverage)}. ${act}`
  }
  const [first] = cell.rows
  const name = cell.rows.length === 1 && first ? ` – ${first.webhook.Name}` : ''
  return `${action.label}: ${cellWords(cell)}${name}`
}
