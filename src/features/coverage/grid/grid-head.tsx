import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'

import type { CoverageGroup } from '#features/coverage/coverage.ts'
import { totalOf, type Shown, type ShownGroup } from '#features/coverage/shown.ts'
import { plural } from '#contract/words/plural.ts'

import classes from './coverage-grid.module.css'
import { TotalCell } from './grid-cells.tsx'
import { COLUMNS_BEFORE, ROWS_BEFORE } from './grid-steps.ts'
import { HEAD, markOf, NAME, TOTAL } from './use-active-cell.ts'
import type { ShownColumn } from './use-grid-window.ts'

type GridHeadProps = {
  shown: Shown
  visible: readonly ShownColumn[]
  activeMark: string
  toggleGroup: (group: CoverageGroup) => void
}

/** Three rows: the groups, the actions of the open groups, and the sum of each column. */
export function GridHead({ shown, visible, activeMark, toggleGroup }: GridHeadProps) {
  const actions = visible.filter(({ column }) => column.action !== null)
  return (
    <thead role="rowgroup" className={classes.head}>
      <tr role="row" aria-rowindex={1} className={classes.headRow}>
        <th
          role="columnheader"
          scope="col"
          rowSpan={2}
          aria-rowspan={2}
          aria-colindex={1}
          className={classes.corner}
        >
          Location
        </th>
        <th
          role="columnheader"
          scope="col"
          rowSpan={2}
          aria-rowspan={2}
          aria-colindex={COLUMNS_BEFORE}
          className={classes.totalHead}
        >
          Webhooks
        </th>
        {shown.groups.map((group) => (
          <GroupHead
            key={group.slug}
            group={group}
            isActive={activeMark === markOf(HEAD, group.slug)}
            toggleGroup={toggleGroup}
          />
        ))}
      </tr>
      {/* screen readers would announce an empty row */}
      {actions.length > 0 && (
        <tr role="row" aria-rowindex={2} className={classes.headRow}>
          {actions.map(
            ({ column: { key, action }, index }) =>
              action && (
                <th
                  key={key}
                  role="columnheader"
                  scope="col"
                  aria-colindex={lineOf(index)}
                  className={classes.action}
                  style={{ gridColumn: lineOf(index) }}
                >
                  <span className={classes.label}>{action.label}</span>
                </th>
              ),
          )}
        </tr>
      )}
      <TotalRow shown={shown} visible={visible} activeMark={activeMark} />
    </thead>
  )
}

const lineOf = (index: number) => index + COLUMNS_BEFORE + 1

/** The sums of all shown locations. */
function TotalRow({ shown, visible, activeMark }: Omit<GridHeadProps, 'toggleGroup'>) {
  const { locations, totals } = shown
  const stopAt = (column: string) => {
    const mark = markOf(TOTAL, column)
    return { mark, isActive: activeMark === mark }
  }
  const name = stopAt(NAME)
  return (
    <tr role="row" aria-rowindex={ROWS_BEFORE} className={classes.headRow}>
      <th
        role="rowheader"
        scope="row"
        aria-colindex={1}
        className={classes.totalName}
        data-at={name.mark}
        tabIndex={name.isActive ? 0 : -1}
      >
        {plural(locations.length, 'location')}
      </th>
      <TotalCell {...stopAt(TOTAL)} line={COLUMNS_BEFORE} total={totals.all} />
      {visible.map(({ column, index }) => (
        <TotalCell
          key={column.key}
          {...stopAt(column.key)}
          line={lineOf(index)}
          total={totalOf(column, totals)}
        />
      ))}
    </tr>
  )
}

type GroupHeadProps = Pick<GridHeadProps, 'toggleGroup'> & {
  group: ShownGroup
  isActive: boolean
}

function GroupHead({ group: { group, slug, isOpen, start, span }, ...props }: GroupHeadProps) {
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <th
      role="columnheader"
      scope={isOpen ? 'colgroup' : 'col'}
      colSpan={span}
      rowSpan={isOpen ? 1 : 2}
      aria-colspan={span}
      aria-rowspan={isOpen ? 1 : 2}
      aria-colindex={lineOf(start)}
      className={classes.group}
      data-open={isOpen || undefined}
      style={{ gridColumn: `${lineOf(start)} / span ${span}`, gridRow: isOpen ? '1' : '1 / 3' }}
    >
      <button
        type="button"
        className={classes.groupButton}
        data-at={markOf(HEAD, slug)}
        tabIndex={props.isActive ? 0 : -1}
        aria-expanded={isOpen}
        // above a single column the title may be cut off
        title={isOpen && span === 1 ? group : undefined}
        onClick={() => props.toggleGroup(group)}
      >
        <Chevron size={14} aria-hidden />
        <span>{group}</span>
      </button>
    </th>
  )
}
