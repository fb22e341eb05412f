import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'

import type { CoverageGroup } from '#features/coverage/coverage.ts'
import type { ShownGroup } from '#features/coverage/shown.ts'

import classes from './coverage-grid.module.css'
import { HEAD, markOf } from './use-active-cell.ts'
import type { ShownColumn } from './use-grid-window.ts'

type GridHeadProps = {
  groups: readonly ShownGroup[]
  visible: readonly ShownColumn[]
  activeMark: string
  toggleGroup: (group: CoverageGroup) => void
}

/** Two rows: the groups, and the actions of the open groups. */
export function GridHead({ groups, visible, activeMark, toggleGroup }: GridHeadProps) {
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
        {groups.map((group) => (
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
                  aria-colindex={index + 2}
                  className={classes.action}
                  style={{ gridColumn: index + 2 }}
                >
                  <span className={classes.label}>{action.label}</span>
                </th>
              ),
          )}
        </tr>
      )}
    </thead>
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
      aria-colindex={start + 2}
      className={classes.group}
      data-open={isOpen || undefined}
      style={{ gridColumn: `${start + 2} / span ${span}`, gridRow: isOpen ? '1' : '1 / 3' }}
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
