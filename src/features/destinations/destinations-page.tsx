import { Button, NativeSelect, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'

import { PauseAll } from '#features/pauses/pause-all.tsx'
import { useMay } from '#features/session/use-desk.ts'
import { FleetAge } from '#fleet/fleet-age.tsx'
import { FleetProblem } from '#fleet/fleet-problem.tsx'
import type { FleetRow } from '#fleet/fleet.ts'
import { Timeline } from '#fleet/timeline.tsx'
import { useReadFleet } from '#fleet/use-fleet.ts'
import { ReadingProgress } from '#fleet/reading-progress.tsx'
import { paths } from '#paths'
import { SearchInput } from '#ui/controls/search-input.tsx'
import { DroppedFilters } from '#ui/feedback/dropped-filters.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Lead, Page, PageHead, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'
import { byCount } from '#contract/words/plural.ts'

import { ContactCard } from './contact-card.tsx'
import { DESTINATION_ORDERS, inOrder, ORDER_LABELS, URGENCY_WORDS } from './destination-order.ts'
import { destinationsOf, searchDestinations } from './destinations.ts'
import classes from './destinations-page.module.css'
import { DestinationsTable } from './destinations-table.tsx'
import { HostHead } from './host-task.tsx'
import { MoveHost } from './move-host.tsx'
import { RepairHost } from './repair-host.tsx'
import { rowsAt } from './rows-at.ts'
import { readDestinationOrder, type DestinationsSearch } from './search.ts'

/** Lists all hosts that webhooks send to; moves one, repairs what stopped there, or shows its past. */
export function DestinationsPage() {
  const { move, repair, timeline } = useSearch({ from: paths.destinations.route })
  const { rows, fleet } = useReadFleet()

  const isOfOneHost = Boolean(move || repair || timeline)

  return (
    <Page width={isOfOneHost ? 'lines' : 'full'}>
      {move ? (
        // ticks and checks belong to one host
        <MoveHost key={move} from={move} rows={rows} isRead={fleet.data !== undefined}>
          <FleetProblem fleet={fleet} />
        </MoveHost>
      ) : repair ? (
        <RepairHost key={repair} host={repair} rows={rows} isRead={fleet.data !== undefined}>
          <FleetProblem fleet={fleet} />
        </RepairHost>
      ) : timeline ? (
        <HostTimeline host={timeline} rows={rows} />
      ) : (
        <>
          <PageHead>
            <ScreenTitle id="destinations-title">Destinations</ScreenTitle>
            <FleetAge fleet={fleet} />
          </PageHead>
          <Lead>Every host that webhooks deliver to.</Lead>
          <FleetProblem fleet={fleet} />
          {fleet.isPending && <Loading />}
          {fleet.data && <DestinationList rows={rows} />}
        </>
      )}
    </Page>
  )
}

function HostTimeline({ host, rows }: { host: string; rows: readonly FleetRow[] }) {
  useDocumentTitle(`Timeline of ${host}`)
  return (
    <>
      <HostHead act="Timeline of" host={host} />
      <PauseAll where={`to ${host}`} rows={rowsAt(rows, host)} />
      <Timeline of={{ host }} Name={WebhookName} />
      <ContactCard host={host} />
    </>
  )
}

function WebhookName({ webhookId, name }: { webhookId: number; name: string }) {
  return (
    <Link {...paths.webhook(webhookId)} className={classes.link}>
      <bdi>{name || `Webhook ${webhookId}`}</bdi>
    </Link>
  )
}

function DestinationList({ rows }: { rows: readonly FleetRow[] }) {
  useDocumentTitle('Destinations')
  const search = useSearch({ from: paths.destinations.route })
  const { q = '' } = search
  const { order, dropped } = readDestinationOrder(search)
  const mayCreate = useMay('WebHook-Create')
  const navigate = useNavigate()
  const change = (changed: DestinationsSearch) =>
    void navigate({
      ...paths.destinations(),
      search: (before: DestinationsSearch) => ({ ...before, ...changed }),
      replace: true,
      resetScroll: false,
    })

  // goes through every webhook, and people type above it
  const all = useMemo(() => destinationsOf(rows), [rows])
  const found = inOrder(searchDestinations(all, q), order)
  if (all.length === 0) {
    return (
      <EmptyState
        picture="receiver"
        title="No webhooks yet"
        text="The hosts that webhooks deliver to appear here."
      >
        {mayCreate && (
          <Button component={Link} {...paths.newWebhook()}>
            Create webhook
          </Button>
        )}
        <Button component={Link} {...paths.help()} hash="where-webhooks-send" variant="default">
          Read the guide
        </Button>
      </EmptyState>
    )
  }
  return (
    <>
      <search className={classes.bar}>
        <SearchInput
          aria-label="Search destinations"
          placeholder="Search destinations"
          className={classes.search}
          value={q}
          onChange={(text) => change({ q: text || undefined })}
        />
        <NativeSelect
          aria-label="Order"
          value={order}
          data={DESTINATION_ORDERS.map((value) => ({ value, label: ORDER_LABELS[value] }))}
          onChange={({ currentTarget: { value } }) =>
            change({ sort: value === 'urgent' ? undefined : value })
          }
        />
        {order === 'urgent' && <p className={classes.rule}>{URGENCY_WORDS}</p>}
      </search>
      <DroppedFilters names={dropped} />
      {found.length === 0 ? (
        <EmptyState picture="search" title={`No destination matches “${q}”.`}>
          <Button variant="default" onClick={() => change({ q: undefined })}>
            Clear search
          </Button>
        </EmptyState>
      ) : (
        <DestinationsTable destinations={found} order={order} />
      )}
      <Text size="sm" c="dimmed">
        {found.length === all.length
          ? `${all.length} ${byCount(all.length, 'destination', 'destinations')}`
          : `${found.length} of ${all.length} destinations`}
        . In trouble means stopped, about to stop, failing, or not readable. Check results are kept
        until you close this tab.
      </Text>
    </>
  )
}

function Loading() {
  useDocumentTitle('Destinations')
  return (
    <Stack gap="xs" aria-busy>
      <VisuallyHidden>Loading webhooks …</VisuallyHidden>
      <ReadingProgress />
      {[1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} height={52} />
      ))}
    </Stack>
  )
}
