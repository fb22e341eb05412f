import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useRouteContext, useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'

import { useMayOnce } from '#features/session/use-desk.ts'
import { AtLocation } from '#fleet/at-location.tsx'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { useLater } from '#ui/hooks/later.ts'
import { useDocumentTitle } from '#ui/page/page.tsx'

import { EditForm } from './edit-form.tsx'
import classes from './edit-webhook-panel.module.css'
import { PanelLoading, PanelProblem } from './panel-states.tsx'
import { Panel } from './panel.tsx'
import { ViewWebhook } from './view-webhook.tsx'
import { WebhookState } from './webhook-state.tsx'

declare module '@tanstack/history' {
  // gives the router the type of the state that accompanies an address
  interface HistoryState {
    /** Set when the person comes from creating the webhook. */
    justCreated?: boolean
  }
}

/** One webhook: its state, and the form to change it, or its settings to read. */
export function EditWebhookPanel() {
  const { id } = useParams({ from: paths.webhook.route })
  return <EditPanel key={id} id={Number(id)} />
}

function EditPanel({ id }: { id: number }) {
  const { data, error, refetch, isFetchedAfterMount } = useQuery({
    ...webhookQueries.detail(id),
    // the form compares with the record it showed, which another reading would replace
    refetchOnWindowFocus: false,
  })
  const mayEdit = useMayOnce('WebHook-Edit')
  const { tab } = useSearch({ from: paths.webhook.route })
  const { WebhookHistory } = useRouteContext({ from: paths.webhook.route })
  useDocumentTitle(data?.Name ?? 'Webhook')

  const isRead = data !== undefined && (isFetchedAfterMount || error !== null)
  // drawing the form takes longer than a press may wait for its answer
  const isReady = useLater(isRead, false)
  if (!data || !isReady) {
    return (
      <Panel title={data?.Name ?? 'Webhook'} id={id}>
        {error ? <PanelProblem error={error} onAgain={() => void refetch()} /> : <PanelLoading />}
      </Panel>
    )
  }
  return (
    <Panel title={data.Name || `Webhook ${id}`} id={id}>
      <AtLocation id={data.BusinessId}>
        <WebhookState webhook={data} />
        <Tabs />
        {tab === 'history' ? (
          <Suspense>
            <WebhookHistory id={id} />
          </Suspense>
        ) : mayEdit ? (
          <EditForm webhook={data} />
        ) : (
          <ViewWebhook webhook={data} />
        )}
      </AtLocation>
    </Panel>
  )
}

/** Tabs as links, since each has an address. */
function Tabs() {
  const tabs = [
    { label: 'Settings', tab: undefined },
    { label: 'History', tab: 'history' },
  ]
  return (
    <nav aria-label="Parts of this webhook" className={classes.tabs}>
      {tabs.map(({ label, tab }) => (
        <Link
          key={label}
          from={paths.webhook.route}
          to="."
          search={(search) => ({ ...search, tab })}
          resetScroll={false}
          // otherwise the form, whose address names no tab, would count as current on every tab
          activeOptions={{ explicitUndefined: true }}
          className={classes.tab}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
