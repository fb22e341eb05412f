import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'

import { ApiError } from '#api/failure.ts'
import { findAction } from '#contract/actions/actions.ts'
import { hasPassword } from '#contract/address/address.ts'
import {
  inputOf,
  knownIn,
  type WebhookFields,
  type WebhookInput,
} from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { useDesk, useMayOnce } from '#features/session/use-desk.ts'
import { showRefusal } from '#features/webhooks/form/save-errors.ts'
import { suggestName } from '#features/webhooks/form/suggest-name.ts'
import { WebhookForm } from '#features/webhooks/form/webhook-form.tsx'
import type { Prefill } from '#features/webhooks/search.ts'
import { useCreateWebhook } from '#features/webhooks/webhook-mutations.ts'
import { CannotSee, isRefused, MissingRights } from '#fleet/missing-rights.tsx'
import { useFleet } from '#fleet/use-fleet.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { useNotices } from '#ui/feedback/notices.tsx'
import { useOnLeave } from '#ui/hooks/effects.ts'
import { KEPT } from '#ui/hooks/kept.ts'
import { useLater } from '#ui/hooks/later.ts'
import { searchReader, wholeNumber } from '#ui/hooks/search-params.ts'
import { useDocumentTitle } from '#ui/page/page.tsx'

import { dropDraft, keepDraft, readDraft, type Draft } from './draft.ts'
import { Panel } from './panel.tsx'
import { PanelLoading, PanelProblem } from './panel-states.tsx'
import { SaveOutcome } from './save-outcome.tsx'
import { SeveralLink } from './several-link.tsx'

/** A new webhook: empty, filled in by a link, or a copy of another. */
export function NewWebhookPanel() {
  useDocumentTitle('New webhook')
  const isPainted = useLater(true, false)
  return <Panel title="New webhook">{isPainted ? <NewWebhook /> : <PanelLoading />}</Panel>
}

function NewWebhook() {
  const search = useSearch({ from: paths.newWebhook.route })
  const mayCreate = useMayOnce('WebHook-Create')
  const { fleet } = useFleet()
  // refused at once, before anybody fills in a form
  if (!mayCreate) {
    return <MissingRights title="You cannot create webhooks" rights={['WebHook-Create']} />
  }
  if (isRefused(fleet.error)) {
    return <CannotSee title="You cannot see webhooks" error={fleet.error} />
  }
  const copyOf = Number(search.copy)
  if (search.copy && copyOf > 0) return <Copied key={copyOf} id={copyOf} />
  return <Prefilled search={search} />
}

function Prefilled({ search }: { search: Prefill }) {
  const { locations, fleet, locationsFailed } = useFleet()
  const { session } = useDesk()
  // a link overrides a kept draft
  const [draft] = useState(() => (isLink(search) ? undefined : readDraft('new')))
  const isUsable = (id: number) =>
    locations.size === 0 || (locations.has(id) && (session.locations?.includes(id) ?? true))
  // waits for the location's name, which the suggested name contains; only if the link has no name
  if (search.location && (fleet.isPending || locations.size === 0) && !locationsFailed)
    return <PanelLoading />
  const { values, dropped } = prefilled(search, isUsable)
  const Name = values.Name || suggestName(values, locations)
  return (
    <CreateForm
      defaultValues={{ ...values, Name }}
      note={dropped.join(' ') || null}
      isNameOwn={values.Name !== '' || draft?.values.Name !== undefined}
      draft={draft}
    />
  )
}

function Copied({ id }: { id: number }) {
  const { data, error, refetch } = useQuery(webhookQueries.detail(id))
  if (error && !data) return <PanelProblem error={error} onAgain={() => void refetch()} />
  if (!data) return <PanelLoading />
  const Action = data.Action === UNREAD_ACTION ? 0 : data.Action
  const copy = { ...inputOf(data), Action, Name: `${data.Name} (copy)`, Active: false }
  return (
    <CreateForm
      defaultValues={copy}
      note="A copy, switched off. First change the location, action or URL: a duplicate would send every event twice."
      isNameOwn
    />
  )
}

type CreateFormProps = {
  defaultValues: WebhookInput
  note: string | null
  isNameOwn: boolean
  /** The draft that this tab kept over a reload. */
  draft?: Draft | undefined
}

function CreateForm({ defaultValues, note, isNameOwn, draft }: CreateFormProps) {
  const create = useCreateWebhook()
  const navigate = useNavigate()
  const { announce } = useNotices()
  // one form is one intent; a new key only once the person knows that the first succeeded
  const [key, setKey] = useState<string>(() => draft?.key ?? crypto.randomUUID())
  const [start] = useState(defaultValues)
  const typed = useRef(draft?.values)
  // leaving by a link is deliberate and drops the draft; a reload keeps it
  useOnLeave(() => dropDraft('new'))

  async function submit(values: WebhookFields, form: Parameters<typeof showRefusal>[0]) {
    // the rules for a new webhook let no unknown value pass
    const input = knownIn(values)
    if (!input) return
    try {
      const { webhook } = await create.mutateAsync({ input, key })
      dropDraft('new')
      // reset before leaving, so that the leave guard does not ask about saved text
      form.reset(input)
      announce('Created')
      await navigate({
        ...paths.webhook(webhook.Id),
        search: ({ location: _l, action: _a, url: _u, name: _n, copy: _c, ...list }) => list,
        state: (before) => ({ ...before, justCreated: true }),
        ignoreBlocker: true,
        replace: true,
      })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'created_before') setKey(crypto.randomUUID())
      showRefusal(form, error)
    }
  }

  return (
    <>
      {(note ?? draft) && (
        <Alert color="indigo" variant="light" mb="md">
          {note ?? KEPT}
        </Alert>
      )}
      <SeveralLink start={start} typed={() => typed.current} />
      <WebhookForm
        defaultValues={start}
        isNameOwn={isNameOwn}
        id={undefined}
        submitLabel="Create webhook"
        busyLabel="Creating …"
        isBusy={create.isPending}
        outcome={
          <SaveOutcome
            error={create.error}
            onAgain={() => document.querySelector<HTMLFormElement>('form')?.requestSubmit()}
          />
        }
        typed={draft?.values}
        onValues={(values) => {
          typed.current = values
          keepDraft('new', { values, key })
        }}
        onSubmit={submit}
      />
    </>
  )
}

const isLink = ({ location, action, url, name }: Prefill) =>
  [location, action, url, name].some((value) => value !== undefined)

/** The values that a link fills in, and its unknown values, which are dropped and reported. */
function prefilled(
  { location, action, url, name }: Prefill,
  isUsable: (id: number) => boolean,
): { values: WebhookInput; dropped: string[] } {
  const { one, dropped } = searchReader({ location, action, url }, (name, word) =>
    DROPPED[name](word),
  )
  const values = {
    BusinessId: one('location', wholeNumber(isUsable)) ?? 0,
    Action:
      one(
        'action',
        wholeNumber((number) => findAction(number)?.group != null),
      ) ?? 0,
    Name: name ?? '',
    URL: one('url', (url) => (hasPassword(url) ? undefined : url)) ?? '',
    Description: '',
    Active: true,
  }
  return { values, dropped }
}

const DROPPED = {
  location: (word: string) => `Ignored the location in the link: you do not have it (${word}).`,
  action: (word: string) => `Ignored the action in the link: Hookdesk does not know it (${word}).`,
  url: () => 'Ignored the URL in the link: it contains a password.',
}
