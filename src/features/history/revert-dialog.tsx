import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { maskAddress } from '#contract/address/address.ts'
import type { HistoryEntry, RevertibleKind } from '#contract/desk/history.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { inputOf, type Webhook } from '#contract/nexudus/webhook.ts'
import { currentIn, explainFailure, explainOutcome } from '#fleet/failure-words.ts'
import { fieldLabel, valueLabel } from '#fleet/field-words.ts'
import { paths } from '#paths'
import { Ask } from '#ui/feedback/ask.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'

import { explainRevert, kindLabel, wasDeleted } from './entry-words.ts'
import classes from './history-list.module.css'
import { useLocations } from './use-locations.ts'
import { useRevert } from './use-revert.ts'

const WORDS = {
  create: { title: 'Delete', confirm: 'Delete webhook' },
  change: { title: 'Revert', confirm: 'Revert change' },
  delete: { title: 'Restore', confirm: 'Restore webhook' },
  'outside-delete': { title: 'Restore', confirm: 'Restore webhook' },
} as const satisfies Record<RevertibleKind, unknown>

export type RevertibleEntry = HistoryEntry & { kind: RevertibleKind }

type RevertDialogProps = { entry: RevertibleEntry; onClose: () => void }

/** Explains what reverting an entry will do, does it, and shows here why it failed. */
export function RevertDialog({ entry, onClose }: RevertDialogProps) {
  const revert = useRevert()
  const locations = useLocations()
  const navigate = useNavigate()
  const { notify } = useNotices()
  const [key] = useState(() => crypto.randomUUID())
  const { title, confirm } = WORDS[entry.kind]
  const [first, ...rest] = explainRevert(entry, locations)

  const run = () =>
    revert.mutate(
      { entry, key },
      {
        onSuccess: ({ restoredAs }) => {
          onClose()
          if (restoredAs === undefined) return notify({ text: doneText(entry) })
          return notify({
            text: `Restored “${entry.name}”, switched off. Its new id is ${restoredAs}.`,
            action: {
              label: 'Open',
              run: () => void navigate(paths.webhook(restoredAs)),
            },
          })
        },
      },
    )

  return (
    <Ask
      title={`${title} “${entry.name}”?`}
      confirmLabel={confirm}
      isDangerous={entry.kind === 'create'}
      isBusy={revert.isPending}
      error={revert.error && explainProblem(revert.error, entry, locations)}
      onConfirm={run}
      onCancel={onClose}
    >
      <Text>{first}</Text>
      {entry.kind === 'change' ? (
        <ul className={classes.fields}>
          {rest.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : (
        rest.map((line) => (
          <Text key={line} mt="xs">
            {line}
          </Text>
        ))
      )}
    </Ask>
  )
}

const doneText = (entry: HistoryEntry) =>
  entry.kind === 'create'
    ? `Deleted “${entry.name}”.`
    : `Reverted: “${entry.name}” is as it was before it was ${kindLabel(entry).toLowerCase()}.`

function explainProblem(
  error: Error,
  entry: HistoryEntry,
  locations: Map<number, Location>,
): string {
  const current = currentIn(error)
  if (!current) return `${explainFailure(error)} ${explainOutcome(error)}`
  if (wasDeleted(entry.kind)) {
    return `It already exists, as webhook ${current.Id}. Nothing was created.`
  }
  const now = entry.diff
    .filter(({ field, to }) => shownOf(current, field) !== to)
    .map(
      ({ field }) =>
        `${fieldLabel(field)} is ${valueLabel(field, shownOf(current, field), locations)}`,
    )
  const who = current.UpdatedBy ?? 'Someone'
  const words = now.length > 0 ? ` Now ${now.join('; ')}.` : ''
  return `${who} has changed this since.${words} Nothing was reverted: edit the webhook instead.`
}

/** The value as the history shows it. */
function shownOf(webhook: Webhook, field: string): string | null {
  const value = Object.entries(inputOf(webhook)).find(([name]) => name === field)?.[1]
  if (value === undefined || value === '') return null
  return field === 'URL' ? maskAddress(String(value)) : String(value)
}
