import { VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'

import { cellWords, gapWords, summaryOf, summaryWords } from '#features/coverage/cell-words.ts'
import type { CoverageActs } from '#features/coverage/coverage-acts.ts'
import type {
  Cell,
  Coverage,
  CoverageAction,
  CoverageLocation,
} from '#features/coverage/coverage.ts'
import { hrefOfNew } from '#features/coverage/links.ts'
import type { ShownGroup } from '#features/coverage/shown.ts'
import { HEALTH_ICONS } from '#fleet/health-badge.tsx'
import type { Share } from '#fleet/share.ts'
import { hrefOf, paths } from '#paths'
import { isPlainClick } from '#ui/hooks/plain-click.ts'
import { byCount } from '#contract/words/plural.ts'

import classes from './coverage-grid.module.css'
import { COLUMNS_BEFORE } from './grid-steps.ts'
import { markOf } from './use-active-cell.ts'

/** The position of a cell, as every kind of cell receives it. */
export type CellPlace = {
  location: CoverageLocation
  columnKey: string
  /** The column as `aria-colindex` and the grid's lines count it: the names are the first. */
  line: number
  /** True for the cell that holds the grid's tab stop. */
  isActive: boolean
}

type TdProps = CellPlace & { isSelected?: boolean | undefined; children: ReactNode }

function Td({ line, isSelected, children }: TdProps) {
  return (
    <td
      role="gridcell"
      aria-colindex={line}
      aria-selected={isSelected}
      className={classes.cell}
      style={{ gridColumn: line }}
    >
      {children}
    </td>
  )
}

/** The attributes of a cell's one widget: its mark, and the tab stop if the cell is active. */
const stopOf = ({ location, columnKey, isActive }: CellPlace) => ({
  'data-at': markOf(location.id, columnKey),
  tabIndex: isActive ? 0 : -1,
})

type TotalCellProps = { mark: string; line: number; isActive: boolean; total: Share }

/** The sum of a row or a column. */
export function TotalCell({ mark, line, isActive, total }: TotalCellProps) {
  const { webhooks, troubled } = total
  return (
    <td
      role="gridcell"
      aria-colindex={line}
      className={classes.total}
      data-column={line === COLUMNS_BEFORE || undefined}
      data-empty={webhooks === 0 || undefined}
      style={{ gridColumn: line }}
      data-at={mark}
      tabIndex={isActive ? 0 : -1}
    >
      <span>
        {webhooks.toLocaleString('en')}
        <VisuallyHidden>{byCount(webhooks, ' webhook', ' webhooks')}</VisuallyHidden>
      </span>
      {troubled > 0 && (
        <span className={classes.troubled}>{`${troubled.toLocaleString('en')} in trouble`}</span>
      )}
    </td>
  )
}

type SummaryCellProps = CellPlace & { group: ShownGroup; acts: CoverageActs }

/** A whole group at one location. */
export function SummaryCell({ group, acts, ...place }: SummaryCellProps) {
  const summary = summaryOf(place.location, group.actions)
  const Icon = summary.worst && HEALTH_ICONS[summary.worst]
  const isEmpty = summary.used === 0
  return (
    <Td {...place}>
      <button
        {...stopOf(place)}
        type="button"
        className={classes.tile}
        data-state={summary.worst}
        data-empty={(isEmpty && summary.gaps === 0) || undefined}
        data-lacks={(isEmpty && summary.gaps > 0) || undefined}
        onClick={() => acts.toggleGroup(group.group)}
      >
        <VisuallyHidden>{summaryWords(summary)}</VisuallyHidden>
        {isEmpty && summary.gaps === 0 ? (
          <span className={classes.dot} />
        ) : (
          <span className={classes.figures} aria-hidden>
            {Icon && <Icon size={16} aria-hidden />}
            <span>{`${summary.used} of ${summary.of} `}</span>
          </span>
        )}
        {(summary.gaps > 0 || summary.duplicates > 0) && (
          <span className={classes.notes} aria-hidden>
            {summary.gaps > 0 && <span>{`lacks ${summary.gaps} `}</span>}
            {summary.duplicates > 0 && (
              <span className={classes.duplicate}>
                <IconCopy size={12} aria-hidden />
                <span>{summary.duplicates}</span>
              </span>
            )}
          </span>
        )}
      </button>
    </Td>
  )
}

type WebhookCellProps = CellPlace & { cell: Cell; acts: CoverageActs }

/** One webhook, which it opens, or several, which it lists. */
export function WebhookCell({ cell, acts, ...place }: WebhookCellProps) {
  const [first] = cell.rows
  const Icon = HEALTH_ICONS[cell.worst]
  const content = (
    <>
      <Icon size={20} aria-hidden />
      {cell.rows.length > 1 && (
        <span className={classes.many}>
          {cell.duplicates > 0 && <IconCopy size={14} aria-hidden />}
          <span>{cell.rows.length}</span>
        </span>
      )}
    </>
  )
  const props = {
    ...stopOf(place),
    className: classes.tile,
    'data-state': cell.worst,
    'data-duplicate': cell.duplicates > 0 || undefined,
    'aria-label': cellWords(cell),
  }
  return (
    <Td {...place}>
      {cell.rows.length === 1 && first ? (
        <a
          {...props}
          href={hrefOf(paths.webhook(first.webhook.Id))}
          onClick={(event) => isPlainClick(event) && acts.openWebhook(first)}
        >
          {content}
        </a>
      ) : (
        <button
          {...props}
          type="button"
          aria-haspopup="menu"
          onClick={(event) => acts.openMenu(cell, event.currentTarget)}
        >
          {content}
        </button>
      )}
    </Td>
  )
}

type GapCellProps = CellPlace & {
  action: CoverageAction
  coverage: Coverage
  isTicked: boolean
  isBarred: boolean
  acts: CoverageActs
}

/**
 * An empty cell: a press creates the first webhook there, a tick keeps the gap for many at once.
 */
export function GapCell({ action, coverage, isTicked, isBarred, acts, ...place }: GapCellProps) {
  const { location } = place
  const lacks = location.lacking.includes(action)
  const words = gapWords(location, action.number, coverage)
  const look = {
    ...stopOf(place),
    className: classes.tile,
    'data-lacks': lacks || undefined,
    'data-empty': !lacks || undefined,
    'data-ticked': isTicked || undefined,
    'aria-label': words,
  }
  if (isBarred) {
    return (
      <Td {...place}>
        <span {...look} role="img">
          {lacks ? <IconPlus size={18} aria-hidden /> : <span className={classes.dot} />}
        </span>
      </Td>
    )
  }
  return (
    <Td {...place} isSelected={isTicked}>
      <a
        {...look}
        href={hrefOfNew(location, action)}
        onClick={(event) => isPlainClick(event) && acts.openNew(location, action)}
      >
        {isTicked && <IconCheck size={20} aria-hidden />}
        {!isTicked && lacks && <IconPlus size={18} aria-hidden />}
        {!isTicked && !lacks && <span className={classes.dot} />}
      </a>
      <input
        type="checkbox"
        className={classes.tick}
        tabIndex={-1}
        aria-label={`Tick ${action.label}, ${location.name}`}
        checked={isTicked}
        onChange={() => acts.toggleTick(location.id, action.number)}
      />
    </Td>
  )
}
