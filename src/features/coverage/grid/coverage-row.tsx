import { memo } from 'react'

import { KIND_WORDS } from '#features/coverage/cell-words.ts'
import { CopyButton } from '#features/coverage/copy-button.tsx'
import type { CoverageActs } from '#features/coverage/coverage-acts.ts'
import { isCreatable, type Coverage, type CoverageLocation } from '#features/coverage/coverage.ts'
import type { ShownGroup } from '#features/coverage/shown.ts'
import { copiesFor } from '#features/coverage/siblings.ts'
import type { Share } from '#fleet/share.ts'

import classes from './coverage-grid.module.css'
import { GapCell, SummaryCell, TotalCell, WebhookCell, type CellPlace } from './grid-cells.tsx'
import { COLUMNS_BEFORE, ROWS_BEFORE } from './grid-steps.ts'
import { markOf, NAME, TOTAL } from './use-active-cell.ts'
import type { ShownColumn } from './use-grid-window.ts'

type CoverageRowProps = {
  location: CoverageLocation
  total: Share
  index: number
  top: number
  visible: readonly ShownColumn[]
  groups: readonly ShownGroup[]
  coverage: Coverage
  /** The key of the active column, if it is in this row. */
  activeColumn: string | undefined
  ticked: ReadonlySet<number> | undefined
  /** The reason webhooks cannot be created here. */
  barred: string | undefined
  acts: CoverageActs
}

/**
 * One location. Memoised: a step with the keys draws two rows, a turn of the wheel only new ones.
 */
export const CoverageRow = memo(function CoverageRow(props: CoverageRowProps) {
  const { location, total, index, top, visible, activeColumn } = props
  return (
    <tr role="row" aria-rowindex={index + ROWS_BEFORE + 1} className={classes.row} style={{ top }}>
      <NameCell {...props} />
      <TotalCell
        mark={markOf(location.id, TOTAL)}
        line={COLUMNS_BEFORE}
        isActive={activeColumn === TOTAL}
        total={total}
      />
      {visible.map(({ column, index: at }) => (
        <RowCell
          key={column.key}
          row={props}
          column={column}
          place={{
            location,
            columnKey: column.key,
            line: at + COLUMNS_BEFORE + 1,
            isActive: activeColumn === column.key,
          }}
        />
      ))}
    </tr>
  )
})

type RowCellProps = {
  row: CoverageRowProps
  column: ShownColumn['column']
  place: CellPlace
}

function RowCell({ row, column, place }: RowCellProps) {
  const { location, groups, coverage, ticked, barred, acts } = row
  const { action } = column
  if (!action) {
    const group = groups.find(({ group }) => group === column.group)
    return group && <SummaryCell {...place} group={group} acts={acts} />
  }
  const cell = location.cells.get(action.number)
  if (cell) return <WebhookCell {...place} cell={cell} acts={acts} />
  return (
    <GapCell
      {...place}
      action={action}
      coverage={coverage}
      isTicked={ticked?.has(action.number) ?? false}
      isBarred={barred !== undefined || !isCreatable(action)}
      acts={acts}
    />
  )
}

function NameCell({ location, activeColumn, barred, acts }: CoverageRowProps) {
  const stop = {
    'data-at': markOf(location.id, NAME),
    tabIndex: activeColumn === NAME ? 0 : -1,
  }
  const copies = copiesFor(location)
  const canCopy = copies.length > 0
  return (
    <th
      role="rowheader"
      scope="row"
      aria-colindex={1}
      className={classes.name}
      {...(!canCopy && stop)}
    >
      <bdi className={classes.place}>{location.name}</bdi>
      <span className={classes.second}>
        {canCopy ? (
          <CopyButton
            {...stop}
            location={location}
            copies={copies}
            barred={barred}
            onCopy={acts.copy}
          />
        ) : (
          KIND_WORDS[location.kind]
        )}
      </span>
    </th>
  )
}
