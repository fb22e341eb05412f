import { VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Suspense, useCallback, useState, type ReactNode } from 'react'

import type { Pause } from '#contract/desk/pauses.ts'
import { useDesk } from '#features/session/use-desk.ts'
import type { Selection } from '#features/webhooks/bulk/use-selection.ts'
import type { SortKey } from '#features/webhooks/search.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { usePauses } from '#fleet/pauses.ts'
import { useStrips } from '#fleet/strips.ts'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useLater } from '#ui/hooks/later.ts'

import { useListLook } from './list-look.ts'
import type { RowMenuActs } from './row-menu.tsx'
import { TickBox } from './tick-box.tsx'
import { WebhookTableRow } from './webhook-row.tsx'
import classes from './webhooks-table.module.css'

const RowMenu = lazyPart(() => import('./row-menu.tsx'), 'RowMenu')

type WebhooksTableProps = {
  rows: readonly FleetRow[]
  sort: SortKey
  isDescending: boolean
  onSort: (sort: SortKey, isDescending: boolean) => void
  /** These two functions are the same at every render, or every row would be drawn again. */
  open: (row: FleetRow) => void
  setActive: (row: FleetRow, isActive: boolean) => void
  menuActs: RowMenuActs
  selection: Selection
  problems: ReadonlyMap<number, string>
  /** The wanted states of rows being switched, shown before Nexudus has confirmed them. */
  wanted: ReadonlyMap<number, boolean>
  openId: number | undefined
  cannotEdit: string | undefined
}

/** About a screenful: painted before the other rows are drawn. */
const FIRST_ROWS = 12

/** The table of webhooks: a real one at every width. */
export function WebhooksTable(props: WebhooksTableProps) {
  const { rows, open, setActive, menuActs, selection, problems, wanted, openId, cannotEdit } = props
  const { density, hidden } = useListLook()
  const isPainted = useLater(true, false)
  const pauses = usePauses()
  const strips = useSparks(isPainted ? rows : NO_ROWS)
  const [menu, setMenu] = useState<{ row: FleetRow; button: HTMLButtonElement } | null>(null)
  const openMenu = useCallback((row: FleetRow, button: HTMLButtonElement) => {
    setMenu({ row, button })
  }, [])
  return (
    <>
      <table
        role="table"
        aria-label="Webhooks"
        className={classes.table}
        data-density={density}
        data-hidden={hidden.join(' ')}
      >
        <thead role="rowgroup">
          <tr role="row">
            <TickPage rows={rows} selection={selection} />
            <Header {...props} by="name">
              Name
            </Header>
            <Header {...props} by="location">
              Location
            </Header>
            <Header {...props} by="action">
              Action
            </Header>
            <Header {...props} by="destination">
              Destination
            </Header>
            <Header {...props} by="attention">
              Health
            </Header>
            <Header {...props} by="triggered">
              Last triggered
            </Header>
            <Header {...props} by="active">
              Active
            </Header>
            <th role="columnheader" scope="col" className={classes.head}>
              <VisuallyHidden>More</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {(isPainted ? rows : rows.slice(0, FIRST_ROWS)).map((row) => (
            <WebhookTableRow
              key={row.webhook.Id}
              row={row}
              open={open}
              setActive={setActive}
              openMenu={openMenu}
              tick={selection.tick}
              isTicked={selection.ids.has(row.webhook.Id)}
              problem={problems.get(row.webhook.Id)}
              wanted={wanted.get(row.webhook.Id)}
              isOpen={row.webhook.Id === openId}
              pausedUntil={endOf(pauses.get(row.webhook.Id))}
              strip={strips.get(row.webhook.Id)}
              isMenuOpen={menu?.row.webhook.Id === row.webhook.Id}
              cannotEdit={cannotEdit}
            />
          ))}
        </tbody>
      </table>
      <Suspense>
        {menu && (
          <RowMenu
            row={menu.row}
            button={menu.button}
            acts={menuActs}
            onClose={() => setMenu(null)}
          />
        )}
      </Suspense>
    </>
  )
}

const NO_ROWS: readonly FleetRow[] = []

/** The last two weeks of each row, where there is room to show them. */
function useSparks(rows: readonly FleetRow[]) {
  const { watches } = useDesk()
  const hasRoom = useMediaQuery('(min-width: 80em)') ?? false
  const ids = hasRoom && watches ? rows.map(({ webhook }) => webhook.Id) : []
  return useStrips(ids, 336)
}

/** The end of a pause that is still to come. */
const endOf = (pause: Pause | undefined) => (pause?.state === 'waiting' ? pause.until : undefined)

/** Ticks all visible rows; the bar then offers the other matches. */
function TickPage({ rows, selection }: Pick<WebhooksTableProps, 'rows' | 'selection'>) {
  const ticked = rows.filter((row) => selection.ids.has(row.webhook.Id)).length
  return (
    <th role="columnheader" scope="col" className={classes.head}>
      <TickBox
        name="Select all on this page"
        isTicked={ticked === rows.length}
        isPartial={ticked > 0 && ticked < rows.length}
        onTick={(isTicked) => selection.setMany(rows, isTicked)}
      />
    </th>
  )
}

type HeaderProps = Pick<WebhooksTableProps, 'sort' | 'isDescending' | 'onSort'> & {
  by: SortKey
  children: ReactNode
}

function Header({ by, sort, isDescending, onSort, children }: HeaderProps) {
  const isSorted = sort === by
  const Arrow = isDescending ? IconArrowDown : IconArrowUp
  return (
    <th
      role="columnheader"
      scope="col"
      className={classes.head}
      aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        className={classes.sort}
        onClick={() => onSort(by, isSorted && !isDescending)}
      >
        {children}
        {isSorted && <Arrow size={14} aria-hidden />}
      </button>
    </th>
  )
}
