import { Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'

import type { FleetRow } from '#fleet/fleet.ts'
import { hostText } from '#fleet/host.tsx'
import { PlainTextarea } from '#ui/controls/form.tsx'
import { Ask } from '#ui/feedback/ask.tsx'

import classes from './bulk-bar.module.css'
import { webhooksIn } from './bulk-runs.ts'

type DescribeDialogProps = {
  count: string
  isBusy: boolean
  onConfirm: (description: string) => void
  onCancel: () => void
}

export function DescribeDialog({ count, isBusy, onConfirm, onCancel }: DescribeDialogProps) {
  const [text, setText] = useState('')
  return (
    <Ask
      title={`Describe ${count}`}
      confirmLabel="Start dry run"
      isBusy={isBusy}
      error={null}
      onConfirm={() => onConfirm(text)}
      onCancel={onCancel}
    >
      <PlainTextarea
        rows={3}
        label="Description"
        description="Replaces each description. Leave empty to remove it."
        dir="auto"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
    </Ask>
  )
}

type MoveHostDialogProps = {
  chosen: readonly FleetRow[]
  rows: readonly FleetRow[]
  onConfirm: (host: string) => void
  onCancel: () => void
}

/** Chooses the host to move: one at a time, for all its webhooks. */
export function MoveHostDialog({ chosen, rows, onConfirm, onCancel }: MoveHostDialogProps) {
  const hosts = [...new Set(chosen.map((row) => row.host))].toSorted((a, b) => a.localeCompare(b))
  const [host, setHost] = useState(hosts[0] ?? '')
  const using = (name: string) => rows.filter((row) => row.host === name).length
  return (
    <Ask
      title="Which host do you want to move?"
      confirmLabel="Continue"
      isBusy={false}
      error={null}
      onConfirm={() => onConfirm(host)}
      onCancel={onCancel}
    >
      <Text mb="sm">
        Your selection sends to {hosts.length} hosts. Moving a host changes every webhook that sends
        to it, selected or not.
      </Text>
      <Radio.Group label="Host" value={host} onChange={setHost}>
        <Stack gap="xs" mt="xs" className={classes.hosts}>
          {hosts.map((name) => (
            <Radio
              key={name}
              value={name}
              label={`${hostText(name)} (${webhooksIn(using(name))})`}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Ask>
  )
}
