import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { maskAddress } from '#contract/address/address.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { currentIn, explainFailure, explainOutcome } from '#fleet/failure-words.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { explainHealth } from '#fleet/health-words.ts'
import { hostText } from '#fleet/host.tsx'
import { explainLastError } from '#contract/words/last-error.ts'
import { Ask } from '#ui/feedback/ask.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { useNow } from '#ui/hooks/now.ts'

import { useRestore } from './use-restore.ts'
import { showTrue, useRemoveWebhook } from './webhook-mutations.ts'

type DeleteDialogProps = {
  row: FleetRow
  canPause: boolean
  onPause: (row: FleetRow) => void
  onClose: () => void
  onRemoved: () => void
}

export function DeleteDialog({ row, canPause, onPause, onClose, onRemoved }: DeleteDialogProps) {
  const remove = useRemoveWebhook()
  const { notify } = useNotices()
  const queryClient = useQueryClient()
  const restoreAct = useRestore()
  const [key, setKey] = useState(() => crypto.randomUUID())
  // the current record: the webhook in the question is the one that is deleted
  const [webhook, setWebhook] = useState<WebhookRow>(row.webhook)
  const isChanged = webhook !== row.webhook

  const confirm = () =>
    remove.mutate(
      { webhook, key },
      {
        onSuccess: ({ entry }) => {
          notify({ text: `Deleted “${webhook.Name}”.`, ...restoreAct(entry, webhook.Name) })
          onRemoved()
        },
        onError: (error) => {
          const current = currentIn(error)
          if (!current) return
          showTrue(queryClient, current)
          setWebhook(current)
          setKey(crypto.randomUUID())
        },
      },
    )

  return (
    <Ask
      title={`Delete “${webhook.Name}”?`}
      confirmLabel="Delete webhook"
      isDangerous
      isBusy={remove.isPending}
      error={
        remove.error && !isChanged
          ? `${explainFailure(remove.error)} ${explainOutcome(remove.error)}`
          : null
      }
      {...(canPause && { instead: { label: 'Pause instead', run: () => onPause(row) } })}
      onConfirm={confirm}
      onCancel={onClose}
    >
      {isChanged && (
        <Text role="alert" fw={600}>
          Just changed by {webhook.UpdatedBy ?? 'someone'}: it is now “{webhook.Name}” and sends to{' '}
          {maskAddress(webhook.URL)}. Nothing was deleted.
        </Text>
      )}
      <Text>
        {row.location} will no longer send “{row.action}” to {hostText(row.host)}. Nexudus does not
        keep deleted webhooks. Hookdesk can restore it from the history, switched off and with a new
        id.
      </Text>
    </Ask>
  )
}

type ResumeDialogProps = { row: FleetRow; onConfirm: () => void; onCancel: () => void }

/** Asks before a stopped webhook is resumed; shows why it stopped and what was lost. */
export function ResumeDialog({ row, onConfirm, onCancel }: ResumeDialogProps) {
  const explained = explainLastError(row.webhook.LastError ?? '')
  return (
    <Ask
      title={`Resume “${row.webhook.Name}”?`}
      confirmLabel="Resume webhook"
      isBusy={false}
      error={null}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <Text>{explainHealth(row, useNow())}</Text>
      {row.cause !== null && (
        <Text mt="xs">
          <span>Last error: </span>
          <span>{explained ? `${explained.cause} ${explained.next}` : `${row.cause}.`}</span>
        </Text>
      )}
      <Text mt="xs">
        If the URL still fails, Nexudus will probably stop it again. As far as is known, Nexudus
        does not resend lost events.
      </Text>
    </Ask>
  )
}
