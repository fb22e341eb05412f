import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'

import {
  EDITABLE_FIELDS,
  inputOf,
  knownIn,
  type Webhook,
  type WebhookFields,
  type WebhookInput,
} from '#contract/nexudus/webhook.ts'
import { showRefusal } from '#features/webhooks/form/save-errors.ts'
import {
  showTrue,
  useChangeWebhook,
  useCreateWebhook,
} from '#features/webhooks/webhook-mutations.ts'
import { currentIn, leftBy } from '#fleet/failure-words.ts'
import { paths } from '#paths'
import { useNotices } from '#ui/feedback/notices.tsx'
import { useOnLeave } from '#ui/hooks/effects.ts'

import type { Conflict } from './conflict-view.tsx'
import { dropDraft, keepDraft, readDraft } from './draft.ts'

/**
 * Saves an edit: compares it with the record, shows refusals, and offers to restore a deleted
 * webhook.
 */
export function useEdit(webhook: Webhook) {
  const queryClient = useQueryClient()
  const change = useChangeWebhook()
  const create = useCreateWebhook()
  const navigate = useNavigate()
  const { notify } = useNotices()
  const [start] = useState(() => inputOf(webhook))
  const [read, setRead] = useState(start)
  // the person switched it themselves in the list beside the form
  const seen = { ...read, Active: webhook.Active }
  const [conflict, setConflict] = useState<{ with: Conflict; form: Form } | null>(null)
  const [draft] = useState(() => readDraft(webhook.Id))
  const [key, setKey] = useState<string>(() => draft?.key ?? crypto.randomUUID())
  // one deleted webhook is restored once, however often the person asks
  const [againKey] = useState(() => crypto.randomUUID())
  const isCreating = useRef(false)
  // leaving by a link is deliberate and drops the draft; a reload keeps it
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

  /**
   * Changes what the next save compares with and what other parts show; the form stays as it is.
   */
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
    // fields that the person did not touch take the other version at once
    for (const field of fields) {
      if (mine[field] === seen[field]) form.setValue(field, theirs[field], { shouldDirty: true })
    }
    setConflict({ with: { theirs, mine, fields, by: current.UpdatedBy }, form })
    readAnew(current)
  }

  /** The button is busy a moment after its press: another press before that is the same press. */
  async function createAgainOnce(input: WebhookInput) {
    if (isCreating.current) return
    isCreating.current = true
    // the failure is shown at the button
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

  // a webhook that could not be read cannot be restored
  const asked = knownIn({ ...seen, ...change.variables?.request.change })
  const pressCreateAgain = asked && (() => void createAgainOnce(asked))

  return {
    start,
    draft,
    conflict,
    change,
    create,
    submit,
    pressCreateAgain,
    keep: (values: Partial<WebhookFields>) =>
      keepDraft(webhook.Id, { values: differenceOf(seen, { ...seen, ...values }), key }),
  }
}

type Form = Parameters<typeof showRefusal>[0]

/** The fields that the person changed: only those are sent, others stay as Nexudus has them. */
function differenceOf(seen: WebhookFields, input: WebhookFields): Partial<WebhookInput> {
  const changed = EDITABLE_FIELDS.filter(
    (field) => input[field] !== null && input[field] !== withoutSpaces(seen[field]),
  )
  return Object.fromEntries(changed.map((field) => [field, input[field]]))
}

/** Trims a text as the form does: spaces around a stored value are not the person's change. */
function withoutSpaces<Value>(value: Value): Value | string {
  return typeof value === 'string' ? value.trim() : value
}
