import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useMatch, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { Suspense, useCallback, useState } from 'react'

import { NEEDS_ATTENTION } from '#contract/nexudus/health.ts'
import { useMay } from '#features/session/use-desk.ts'
import { useSelection } from '#features/webhooks/bulk/use-selection.ts'
import { FleetAge } from '#fleet/fleet-age.tsx'
import { FleetProblem } from '#fleet/fleet-problem.tsx'
import type { FleetRow } from '#fleet/fleet.ts'
import { NeedsRole, useBarred } from '#fleet/needs-role.tsx'
import { FleetContext, useReadFleet } from '#fleet/use-fleet.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { lazyPart, loadPart } from '#ui/feedback/load-part.ts'
import { useKey } from '#ui/hooks/keys.ts'
import { useLater } from '#ui/hooks/later.ts'
import { pressOf } from '#ui/hooks/link-press.ts'
import { useLoadAhead } from '#ui/hooks/load-ahead.ts'
import { PageHead, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { ListFilters } from './list-filters.tsx'
import { ListPages } from './list-pages.tsx'
import { NothingHere } from './nothing-here.tsx'
import { TableSkeleton } from './table-skeleton.tsx'
import { PAGE_SIZE, useList } from './use-list.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useSwitching } from './use-switching.ts'
import classes from './webhooks-page.module.css'
import { WebhooksTable } from './webhooks-table.tsx'

const DeleteDialog = lazyPart(() => import('#features/webhooks/dialogs.tsx'), 'DeleteDialog')
const ResumeDialog = lazyPart(() => import('#features/webhooks/dialogs.tsx'), 'ResumeDialog')

const BulkBar = lazyPart(() => import('#features/webhooks/bulk/bulk-bar.tsx'), 'BulkBar')

/** The list of every webhook; the one that is open stands beside it, or in front where it is narrow. */
export function WebhooksPage() {
  const read = useReadFleet()
  const { rows, locations, fleet } = read
  const { list, held } = useList(rows)
  const selection = useSelection(fleet.data && rows, held.rows)
  useRowKeys(selection.toggle)
  const switching = useSwitching()
  const [removing, setRemoving] = useState<FleetRow | null>(null)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const panel = usePanel()
  useLoadAhead(loadPanels)

  const mayCreate = useMay('WebHook-Create')
  const mayEdit = useMay('WebHook-Edit')
  const troubled = rows.filter(({ health }) => NEEDS_ATTENTION.includes(health)).length
  useDocumentTitle(troubled > 0 ? `(${troubled}) Webhooks` : 'Webhooks')
  const make = () => void navigate({ ...paths.newWebhook(), search: (search) => search })
  useKey('n', () => {
    if (mayCreate) make()
  })
  const addresses = useAddresses()

  // the same function at every render: every row of the table holds it
  const open = useCallback(
    ({ webhook }: FleetRow) =>
      void navigate({
        ...paths.webhook(webhook.Id),
        search: (search) => search,
        resetScroll: false,
      }),
    [navigate],
  )

  const barred = {
    cannotEdit: useBarred('WebHook-Edit'),
    cannotCreate: useBarred('WebHook-Create'),
    cannotDelete: useBarred('WebHook-Delete'),
  }
  const menuActs = {
    edit: open,
    duplicate: ({ webhook }: FleetRow) =>
      void navigate({
        ...paths.newWebhook(),
        search: (search) => ({ ...search, copy: String(webhook.Id) }),
      }),
    copyTo: ({ webhook }: FleetRow) =>
      void navigate({ ...paths.fanOut(), search: { copy: String(webhook.Id) } }),
    copyId: switching.copyId,
    setActive: switching.ask,
    remove: setRemoving,
    addressOf: addresses.of,
    ...barred,
  }

  return (
    <div className={classes.screen} data-panel={panel.place}>
      <section className={classes.list} aria-labelledby="webhooks-title">
        <PageHead
          action={
            mayCreate ? (
              <Button
                component="a"
                leftSection={<IconPlus size={18} aria-hidden />}
                href={addresses.make}
                {...pressOf(make)}
              >
                New webhook
              </Button>
            ) : (
              <ViewOnly mayEdit={mayEdit} />
            )
          }
        >
          <ScreenTitle id="webhooks-title">Webhooks</ScreenTitle>
          <FleetAge fleet={fleet} />
        </PageHead>

        <FleetProblem fleet={fleet} />
        {fleet.isPending && <TableSkeleton />}
        {fleet.data && (
          <>
            <ListFilters list={list} rows={rows} locations={locations} />
            {held.isWaiting && (
              <Button variant="light" size="compact-sm" onClick={held.release}>
                The order has changed. Update list
              </Button>
            )}
            {selection.ids.size > 0 && (
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
              <NothingHere
                isEmpty={rows.length === 0}
                text={list.text.trim()}
                onClear={list.clear}
              />
            ) : (
              <div {...held.holdProps}>
                <WebhooksTable
                  rows={held.rows}
                  sort={list.drawn.sort}
                  isDescending={list.drawn.isDescending}
                  onSort={list.sortBy}
                  open={open}
                  setActive={switching.ask}
                  menuActs={menuActs}
                  selection={selection}
                  problems={switching.problems}
                  wanted={switching.wanted}
                  openId={panel.id}
                  cannotEdit={barred.cannotEdit}
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

      <Suspense>
        {switching.asking && (
          <ResumeDialog
            row={switching.asking}
            onConfirm={() => switching.resume(switching.asking)}
            onCancel={switching.cancel}
          />
        )}
        {removing && (
          <DeleteDialog
            row={removing}
            onPause={(row) => {
              setRemoving(null)
              switching.ask(row, false)
            }}
            canPause={removing.webhook.Active === true && mayEdit}
            onClose={() => setRemoving(null)}
            onRemoved={() => {
              const next = nextRowId(removing.webhook.Id)
              selection.setMany([removing], false)
              setRemoving(null)
              focusRow(next)
              void queryClient.invalidateQueries({ queryKey: webhookQueries.fleet().queryKey })
              if (panel.id === removing.webhook.Id) {
                void navigate({
                  ...paths.webhooks(),
                  search: (search) => search,
                  ignoreBlocker: true,
                })
              }
            }}
          />
        )}
      </Suspense>
    </div>
  )
}

/** What opens beside the list, or over it. */
const loadPanels = () =>
  [
    () => import('#features/webhooks/panel/edit-webhook-panel.tsx'),
    () => import('#features/webhooks/panel/new-webhook-panel.tsx'),
    () => import('#features/webhooks/bulk/bulk-bar.tsx'),
    () => import('./row-menu.tsx'),
  ].map((load) => loadPart<unknown>(load))

/** Of what the acts of the page lead to, for whoever opens it in another tab or passes it on. */
function useAddresses() {
  const { buildLocation } = useRouter()
  const search = useSearch({ strict: false })
  return {
    make: buildLocation({ ...paths.newWebhook(), search }).href,
    of: ({ webhook }: FleetRow) => {
      const copy = String(webhook.Id)
      return {
        edit: buildLocation({ ...paths.webhook(webhook.Id), search }).href,
        duplicate: buildLocation({ ...paths.newWebhook(), search: { ...search, copy } }).href,
        copyTo: buildLocation({ ...paths.fanOut(), search: { copy } }).href,
      }
    },
  }
}

function ViewOnly({ mayEdit }: { mayEdit: boolean }) {
  return (
    <Text size="sm" c="dimmed">
      {mayEdit ? (
        <NeedsRole
          lead="You can view, pause and edit."
          to="create webhooks"
          name="WebHook-Create"
        />
      ) : (
        <NeedsRole
          lead="View only."
          to="create and edit webhooks"
          name={['WebHook-Create', 'WebHook-Edit']}
        />
      )}
    </Text>
  )
}

/**
 * What is open beside the list, and how: it comes up over the list, which makes room for it in a
 * frame of its own, because laying out the table again is what takes long.
 */
function usePanel() {
  const open = useMatch({ from: paths.webhook.route, shouldThrow: false })
  const isNew = useMatch({ from: paths.newWebhook.route, shouldThrow: false }) !== undefined
  const isOpen = isNew || open !== undefined
  const isListNarrow = useLater(isOpen)
  const place = isOpen ? (isListNarrow ? 'beside' : 'over') : undefined
  return { place, id: open ? Number(open.params.id) : undefined }
}

/** The row below a webhook's, or above it where it is the last. */
function nextRowId(id: number): string | undefined {
  const row = document.querySelector<HTMLElement>(`tr[data-id="${id}"]`)
  const next = row?.nextElementSibling ?? row?.previousElementSibling
  return next instanceof HTMLElement ? next.dataset.id : undefined
}

/** Once the list is drawn without what was removed. */
function focusRow(id: string | undefined) {
  requestAnimationFrame(() => {
    const link = document.querySelector<HTMLElement>(`tr[data-id="${id}"] a`)
    const target = link ?? document.getElementById('webhooks-title')
    target?.focus()
  })
}
