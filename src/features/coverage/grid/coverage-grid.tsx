import {
  Suspense,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
} from 'react'

import type { CoverageActs } from '#features/coverage/coverage-acts.ts'
import { isCreatable, type Coverage, type CoverageLocation } from '#features/coverage/coverage.ts'
import type { Shown } from '#features/coverage/shown.ts'
import { NO_WEBHOOKS } from '#features/coverage/totals.ts'
import type { Ticked } from '#features/coverage/use-ticked.ts'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useLoadAhead } from '#ui/hooks/load-ahead.ts'

import type { CellMenuOf } from './cell-menu.tsx'
import classes from './coverage-grid.module.css'
import { CoverageRow } from './coverage-row.tsx'
import { GridHead } from './grid-head.tsx'
import { COLUMNS_BEFORE, ROWS_BEFORE } from './grid-steps.ts'
import { Spotlight } from './spotlight.tsx'
import { useActiveCell } from './use-active-cell.ts'
import { useFocusKept } from './use-focus-kept.ts'
import { useGridWindow } from './use-grid-window.ts'

const CellMenu = lazyPart(() => import('./cell-menu.tsx'), 'CellMenu')
const loadMenu = () => [CellMenu.preload()]

export type CoverageViewProps = {
  coverage: Coverage
  shown: Shown
  ticked: Ticked
  acts: Omit<CoverageActs, 'openMenu'>
  /** The reason webhooks cannot be created at a location. */
  barredAt: (location: CoverageLocation) => string | undefined
}

/**
 * Locations × actions as a grid with one tab stop. The page contains only the visible cells and the
 * active one, so that scrolling never takes the focus away.
 * https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function CoverageGrid({ coverage, shown, ticked, acts, barredAt }: CoverageViewProps) {
  useLoadAhead(loadMenu)
  const box = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<CellMenuOf | null>(null)
  const active = useActiveCell(shown)
  const view = useGridWindow(box, shown, active.place)
  const gridActs = useMemo(
    (): CoverageActs => ({ ...acts, openMenu: (cell, button) => setMenu({ cell, button }) }),
    [acts],
  )
  const isMoved = useRef(false)
  const focus = useFocusKept(box, active, shown)

  useLayoutEffect(() => {
    if (!isMoved.current) return
    isMoved.current = false
    focus.take()
  })

  function press(event: KeyboardEvent) {
    const { key, target, altKey, metaKey } = event
    // the small box of a tick and other widgets handle their own keys
    const isCell = target instanceof HTMLElement && target.dataset.at !== undefined
    if (!isCell || altKey || metaKey) return
    if (key === ' ' ? tick() : active.step(event, view.rowsOnPage)) {
      isMoved.current = key !== ' '
      event.preventDefault()
    }
  }

  /** Returns true if the space bar is used up: a button has its own use for it. */
  function tick(): boolean {
    const location = shown.locations[active.place.row]
    const action = shown.columns[active.place.column]?.action
    if (!location || !action) return false
    const isGap = !location.cells.has(action.number)
    if (isGap && isCreatable(action) && barredAt(location) === undefined) {
      acts.toggleTick(location.id, action.number)
      return true
    }
    return isGap
  }

  return (
    <>
      <Spotlight coverage={coverage} shown={shown} barredAt={barredAt}>
        <div ref={box} className={classes.box} style={measuresOf(view)}>
          <table
            role="grid"
            aria-label="Coverage"
            aria-rowcount={shown.locations.length + ROWS_BEFORE}
            aria-colcount={shown.columns.length + COLUMNS_BEFORE}
            aria-multiselectable
            className={classes.table}
            data-narrow={view.isNarrow || undefined}
            onKeyDown={press}
            onFocus={({ target }) => target.dataset.at && active.moveTo(target.dataset.at)}
            {...focus.watch}
          >
            <GridHead
              shown={shown}
              visible={view.visible}
              activeMark={active.mark}
              toggleGroup={acts.toggleGroup}
            />
            <tbody role="rowgroup" className={classes.body} style={{ blockSize: view.height }}>
              {view.rows.map(({ index, top }) => {
                const location = shown.locations[index]
                return (
                  location && (
                    <CoverageRow
                      key={location.id}
                      location={location}
                      total={shown.totals.byLocation.get(location.id) ?? NO_WEBHOOKS}
                      index={index}
                      top={top}
                      visible={view.visible}
                      groups={shown.groups}
                      coverage={coverage}
                      activeColumn={location.id === active.row ? active.column : undefined}
                      ticked={ticked.get(location.id)}
                      barred={barredAt(location)}
                      acts={gridActs}
                    />
                  )
                )
              })}
            </tbody>
          </table>
        </div>
      </Spotlight>
      <Suspense>
        {menu && <CellMenu {...menu} onOpen={acts.openWebhook} onClose={() => setMenu(null)} />}
      </Suspense>
    </>
  )
}

type Measures = Pick<ReturnType<typeof useGridWindow>, 'template' | 'name' | 'stays' | 'head'>

/** Sizes of the columns of every row; React's types do not know custom properties. */
const measuresOf = ({ template, name, stays, head }: Measures) =>
  ({
    '--columns': template,
    '--name': `${name}px`,
    '--stays': `${stays}px`,
    '--head': `${head}px`,
  }) as CSSProperties
