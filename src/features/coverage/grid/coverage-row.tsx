import { memo } from 'react'

import { CopyButton } from '#features/coverage/copy-button.tsx'
import type { CoverageActs } from '#features/coverage/coverage-acts.ts'
import { isCreatable, type Coverage, type CoverageLocation } from '#features/coverage/coverage.ts'
import type { ShownGroup } from '#features/coverage/shown.ts'
import { copiesFor } from '#features/coverage/siblings.ts'
import { plural } from '#contract/words/plural.ts'

import classes from './coverage-grid.module.css'
import { GapCell, SummaryCell, WebhookCell, type CellPlace } from './grid-cells.tsx'
import { markOf, NAME } from './use-active-cell.ts'
import type { ShownColumn } from './use-grid-window.ts'

type CoverageRowProps = {
  location: CoverageLocation
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
  const { location, index, top, visible, activeColumn } = props
  return (
    <tr role="row" aria-rowindex={index + 3} className={classes.row} style={{ top }}>
      <NameCell {...props} />
      {visible.map(({ column, index: at }) => (
        <RowCell
          key={column.key}
          row={props}
          column={column}
          place={{
            location,
            columnKey: column.key,
            line: at + 2,
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
          secondLine(location)
        )}
      </span>
    </th>
  )
}

/** The number of webhooks, after the kind of a location that is not compared with others. */
export function secondLine({ kind, webhooks }: CoverageLocation): string {
  const count = webhooks === 0 ? 'No webhooks' : plural(webhooks, 'webhook', 'webhooks')
  if (kind === 'network') return `The network itself · ${count}`
  if (kind === 'suspended') return `Suspended · ${count}`
  if (kind === 'unknown') return `Unreadable · ${count}`
  return count
}
