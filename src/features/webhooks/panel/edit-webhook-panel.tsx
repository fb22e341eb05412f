import { Alert, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  Link,
  useNavigate,
  useParams,
  useRouteContext,
  useRouterState,
  useSearch,
} from '@tanstack/react-router'
import { Suspense, useRef, useState } from 'react'

import { ApiError } from '#api/failure.ts'
import { timeOf } from '#contract/nexudus/time.ts'
import {
  EDITABLE_FIELDS,
  inputOf,
  knownIn,
  type Webhook,
  type WebhookFields,
  type WebhookInput,
} from '#contract/nexudus/webhook.ts'
import { useDesk, useMay } from '#features/session/use-desk.ts'
import {
  showTrue,
  useChangeWebhook,
  useCreateWebhook,
} from '#features/webhooks/webhook-mutations.ts'
import { currentIn, explainFailure, leftBy } from '#fleet/failure-words.ts'
import { knownAlone } from '#fleet/fleet.ts'
import { HealthBadge } from '#fleet/health-badge.tsx'
import { explainHealth, type KnownHealth } from '#fleet/health-words.ts'
import { useFleet } from '#fleet/use-fleet.ts'
import { NeedsRole } from '#fleet/needs-role.tsx'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { KEPT } from '#ui/hooks/kept.ts'
import { useLater } from '#ui/hooks/later.ts'
import { useNow } from '#ui/hooks/now.ts'
import { useOnLeave } from '#ui/hooks/effects.ts'
import { useDocumentTitle } from '#ui/page/page.tsx'

import type { Conflict } from './conflict-view.tsx'
import { dropDraft, keepDraft, readDraft } from './draft.ts'
import classes from './edit-webhook-panel.module.css'
import { Panel } from './panel.tsx'
import { PanelLoading, PanelProblem } from './panel-states.tsx'
import { showRefusal } from './save-errors.ts'
import { SaveOutcome } from './save-outcome.tsx'
import { WebhookForm } from './webhook-form.tsx'

declare module '@tanstack/history' {
  // how the router learns what travels along with an address
  interface HistoryState {
    /** Set on the way from a create to its webhook. */
    justCreated?: boolean
  }
}

/** One webhook: how it is, and the form to change it. */
export function EditWebhookPanel() {
  const { id } = useParams({ from: paths.webhook.route })
  return <EditPanel key={id} id={Number(id)} />
}

function EditPanel({ id }: { id: number }) {
  const { data, error, refetch, isFetchedAfterMount } = useQuery({
    ...webhookQueries.detail(id),
    // the form is compared with what it showed; reading again underneath would change that
    refetchOnWindowFocus: false,
  })
  const { tab } = useSearch({ from: paths.webhook.route })
  const { WebhookHistory } = useRouteContext({ from: paths.webhook.route })
  useDocumentTitle(data?.Name ?? 'Webhook')

  const isRead = data !== undefined && (isFetchedAfterMount || error !== null)
  // the form takes longer to draw than a press may wait for its answer
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
      <WebhookState webhook={data} />
      <Tabs />
      {tab === 'history' ? (
        <Suspense>
          <WebhookHistory id={id} />
        </Suspense>
      ) : (
        <EditForm webhook={data} />
      )}
    </Panel>
  )
}

/** Links, since each has an address. */
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
          // or the form, whose address says nothing of a tab, would be here on every tab
          activeOptions={{ explicitUndefined: true }}
          className={classes.tab}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}

const ConflictView = lazyPart(() => import('./conflict-view.tsx'), 'ConflictView')
// loaded for those who need them: most webhooks have no error, and most desks no sandbox
const LastError = lazyPart(() => import('./last-error.tsx'), 'LastError')
const TryIt = lazyPart(() => import('./try-it.tsx'), 'TryIt')

/** How the webhook is, in a sentence; its last error, and who saved it last. */
function WebhookState({ webhook: opened }: { webhook: Webhook }) {
  const { sandbox } = useDesk()
  const { rows, fleet } = useFleet()
  // what was opened is in the list, too, and there it is read again and again
  const row = rows.find(({ webhook }) => webhook.Id === opened.Id)
  // the record alone does not tell all: without the list only where there will be none
  const known = row ?? (fleet.isPending ? undefined : knownAlone(opened))
  const webhook = row?.webhook ?? opened
  const wasCreated = useRouterState({ select: ({ location }) => location.state.justCreated })
  const triggeredAt = timeOf(webhook.LastTrigger)
  const updatedAt = timeOf(webhook.UpdatedOn)

  return (
    <div className={classes.state}>
      {wasCreated && (
        <Text size="sm" fw={600} role="status">
          Created. It is now in the list.
        </Text>
      )}
      {known && <Health known={known} />}
      <Suspense>
        {sandbox && <TryIt webhook={webhook} />}
        {known && webhook.LastError && <LastError known={known} />}
      </Suspense>
      <Text size="sm" c="dimmed" component="div">
        <span>Last triggered: </span>
        {triggeredAt === null ? <span>not yet</span> : <TimeAgo at={triggeredAt} />}
        {updatedAt !== null && (
          <span>
            {' · '}Last saved: <TimeAgo at={updatedAt} />
            {webhook.UpdatedBy && <span>{` by ${webhook.UpdatedBy}`}</span>}
          </span>
        )}
        <span>{` · Id ${webhook.Id}`}</span>
      </Text>
    </div>
  )
}

function Health({ known }: { known: KnownHealth }) {
  return (
    <>
      <HealthBadge state={known.health} failures={known.failures} />
      <Text size="sm">{explainHealth(known, useNow())}</Text>
    </>
  )
}

function EditForm({ webhook }: { webhook: Webhook }) {
  const queryClient = useQueryClient()
  const change = useChangeWebhook()
  const create = useCreateWebhook()
  const navigate = useNavigate()
  const { notify } = useNotices()
  const mayEdit = useMay('WebHook-Edit')
  const [start] = useState(() => inputOf(webhook))
  const [read, setRead] = useState(start)
  // the switch in the list beside the form is the person's own act, and they saw it
  const seen = { ...read, Active: webhook.Active }
  const [conflict, setConflict] = useState<{ with: Conflict; form: Form } | null>(null)
  const [draft] = useState(() => readDraft(webhook.Id))
  const [key, setKey] = useState<string>(() => draft?.key ?? crypto.randomUUID())
  // one deleted webhook, one that takes its place, however often that is asked for
  const [againKey] = useState(() => crypto.randomUUID())
  const isCreating = useRef(false)
  // left by a way of the app, it was meant; only a reload leaves it behind
  useOnLeave(() => dropDraft(webhook.Id))

  async function submit(input: WebhookFields, form: Form) {
    setConflict(null)
    try {
      const { webhook: saved } = await change.mutateAsync({
        id: webhook.Id,
        request: { seen, change: differenceOf(seen, input) },
        key,
      })
      settle(saved, form)
      notify({ text: `Saved “${saved.Name}”.` })
    } catch (error) {
      const current = currentIn(error)
      const left = leftBy(error)
      if (current) compare(current, input, form)
      else if (left) readAnew(left)
      else showRefusal(form, error)
    }
  }

  /** What the next save is compared with, and what is shown elsewhere; the form stays as it is. */
  function readAnew(now: Webhook) {
    setRead(inputOf(now))
    showTrue(queryClient, now)
    setKey(crypto.randomUUID())
  }

  function settle(saved: Webhook, form: Form) {
    setRead(inputOf(saved))
    form.reset(inputOf(saved))
    dropDraft(webhook.Id)
    setKey(crypto.randomUUID())
  }

  function compare(current: Webhook, mine: WebhookFields, form: Form) {
    const theirs = inputOf(current)
    const fields = EDITABLE_FIELDS.filter(
      (field) => theirs[field] !== seen[field] && theirs[field] !== mine[field],
    )
    // what the person did not touch is theirs already
    for (const field of fields) {
      if (mine[field] === seen[field]) form.setValue(field, theirs[field], { shouldDirty: true })
    }
    setConflict({ with: { theirs, mine, fields, by: current.UpdatedBy }, form })
    readAnew(current)
  }

  /** The button is busy a moment after its press: one that comes before that is the same press. */
  async function createAgainOnce(input: WebhookInput) {
    if (isCreating.current) return
    isCreating.current = true
    // what went wrong is shown where the button is
    await createAgain(input).catch(() => {})
    isCreating.current = false
  }

  async function createAgain(input: WebhookInput) {
    const { webhook: made } = await create.mutateAsync({ input, key: againKey })
    await navigate({
      ...paths.webhook(made.Id),
      search: (search) => search,
      state: (before) => ({ ...before, justCreated: true }),
      ignoreBlocker: true,
    })
  }

  // a webhook that could not be read cannot be made again
  const asked = knownIn({ ...seen, ...change.variables?.request.change })
  const pressCreateAgain = asked && (() => void createAgainOnce(asked))

  return (
    <WebhookForm
      defaultValues={start}
      id={webhook.Id}
      isActiveNow={webhook.Active}
      submitLabel="Save changes"
      busyLabel="Saving …"
      isBusy={change.isPending || create.isPending}
      reason={
        mayEdit ? undefined : <NeedsRole lead="View only." to="edit webhooks" name="WebHook-Edit" />
      }
      outcome={
        <>
          {draft && (
            <Alert color="indigo" variant="light">
              {KEPT}
            </Alert>
          )}
          <Suspense>
            {conflict && <ConflictView conflict={conflict.with} form={conflict.form} />}
          </Suspense>
          {create.error && pressCreateAgain && (
            <CreateAgainProblem error={create.error} onAgain={pressCreateAgain} />
          )}
          <SaveOutcome
            error={change.error}
            onAgain={() => document.querySelector<HTMLFormElement>('form')?.requestSubmit()}
            {...(pressCreateAgain && { onCreateAgain: pressCreateAgain })}
            isCreatingAgain={create.isPending}
          />
        </>
      }
      typed={draft?.values}
      onValues={(values) =>
        keepDraft(webhook.Id, { values: differenceOf(seen, { ...seen, ...values }), key })
      }
      onSubmit={submit}
    />
  )
}

/** Why the webhook could not be made again; what Nexudus refused of its values, in one place. */
function CreateAgainProblem({ error, onAgain }: { error: Error; onAgain: () => void }) {
  if (!(error instanceof ApiError) || !error.failure.Errors?.length) {
    return <SaveOutcome error={error} onAgain={onAgain} />
  }
  return (
    <Alert role="alert" color="red" variant="light">
      {explainFailure(error)}
    </Alert>
  )
}

type Form = Parameters<typeof showRefusal>[0]

/** Only what the person changed is sent; everything else stays as Nexudus has it. */
function differenceOf(seen: WebhookFields, input: WebhookFields): Partial<WebhookInput> {
  const changed = EDITABLE_FIELDS.filter(
    (field) => input[field] !== null && input[field] !== withoutSpaces(seen[field]),
  )
  return Object.fromEntries(changed.map((field) => [field, input[field]]))
}

/** As the form's check leaves a text: spaces around what is stored are not the person's change. */
function withoutSpaces<Value>(value: Value): Value | string {
  return typeof value === 'string' ? value.trim() : value
}
