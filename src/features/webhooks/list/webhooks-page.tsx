import { Button } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { Suspense, useState } from 'react'

import { NEEDS_ATTENTION } from '#contract/nexudus/health.ts'
import { useSelection } from '#features/webhooks/bulk/use-selection.ts'
import { useListViews } from '#features/webhooks/views/use-list-views.ts'
import { useTabsAhead, ViewsLine } from '#features/webhooks/views/views-line.tsx'
import { FleetProblem } from '#fleet/fleet-problem.tsx'
import type { FleetRow } from '#fleet/fleet.ts'
import { ReadingProgress } from '#fleet/reading-progress.tsx'
import { FleetContext, useReadFleet } from '#fleet/use-fleet.ts'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useDocumentTitle } from '#ui/page/page.tsx'

import { ListFilters } from './list-filters.tsx'
import { ListHead } from './list-head.tsx'
import { ListPages } from './list-pages.tsx'
import { RowDialogs } from './row-dialogs.tsx'
import { TableSkeleton } from './table-skeleton.tsx'
import { PAGE_SIZE, useList } from './use-list.ts'
import { usePanel } from './use-panel.ts'
import { useRowActs } from './use-row-acts.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useSwitching } from './use-switching.ts'
import classes from './webhooks-page.module.css'
import { WebhooksTable } from './webhooks-table.tsx'

const BulkBar = lazyPart(() => import('#features/webhooks/bulk/bulk-bar.tsx'), 'BulkBar')
const NothingHere = lazyPart(() => import('./nothing-here.tsx'), 'NothingHere')

/** The list of all webhooks; an open one is beside it, or in front of it on a narrow screen. */
export function WebhooksPage() {
  const read = useReadFleet({ withPart: true })
  const { rows, locations, fleet, isPart } = read
  const { list, held } = useList(rows)
  const views = useListViews(list, isPart || fleet.data !== undefined)
  useTabsAhead(views)
  const selection = useSelection(fleet.data && rows, held.rows)
  const switching = useSwitching()
  const [removing, setRemoving] = useState<FleetRow | null>(null)
  const acts = useRowActs(switching, setRemoving)
  const panel = usePanel()
  useRowKeys(selection.toggle)
  const cannotEdit = isPart ? 'Not before all webhooks are read' : acts.cannotEdit
  const troubled = rows.filter(({ health }) => NEEDS_ATTENTION.includes(health)).length
  useDocumentTitle(troubled > 0 ? `(${troubled}) Webhooks` : 'Webhooks')

  return (
    <div className={classes.screen} data-panel={panel.place}>
      <section className={classes.list} aria-labelledby="webhooks-title">
        <ListHead fleet={fleet} count={isPart ? 0 : list.total} matchingNow={list.matchingNow} />
        <FleetProblem fleet={fleet} />
        {!fleet.data && (
          <ReadingProgress note="Until then numbers and order change, and switches wait." />
        )}
        {fleet.isPending && !isPart && <TableSkeleton />}
        {(fleet.data ?? isPart) && (
          <>
            {views.hasLine && <ViewsLine views={views} />}
            <ListFilters list={list} rows={rows} locations={locations} views={views} />
            {held.isWaiting && (
              <Button variant="light" size="compact-sm" onClick={held.release}>
                The order has changed. Update list
              </Button>
            )}
            {fleet.data && selection.ids.size > 0 && (
              <Suspense>
                <BulkBar
                  selection={selection}
                  rows={rows}
                  matching={list.matching}
                  matchingNow={list.matchingNow}
                  onPage={held.rows}
                />
              </Suspense>
            )}
            {held.rows.length === 0 ? (
              <Suspense>
                <NothingHere
                  isEmpty={rows.length === 0}
                  text={list.text.trim()}
                  onClear={list.clear}
                />
              </Suspense>
            ) : (
              <div {...held.holdProps}>
                <WebhooksTable
                  rows={held.rows}
                  sort={list.drawn.sort}
                  isDescending={list.drawn.isDescending}
                  onSort={list.sortBy}
                  open={acts.edit}
                  setActive={switching.ask}
                  menuActs={isPart ? { ...acts, cannotEdit, cannotDelete: cannotEdit } : acts}
                  selection={selection}
                  problems={switching.problems}
                  wanted={switching.wanted}
                  openId={panel.id}
                  cannotEdit={cannotEdit}
                />
              </div>
            )}
            <ListPages list={list} pageSize={PAGE_SIZE} />
          </>
        )}
      </section>

      <div className={classes.beside}>
        <FleetContext value={read}>
          <Outlet />
        </FleetContext>
      </div>

      <RowDialogs
        switching={switching}
        removing={removing}
        setRemoving={setRemoving}
        openId={panel.id}
        onRemoved={(row) => selection.setMany([row], false)}
      />
    </div>
  )
}
