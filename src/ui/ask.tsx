import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'

import { Dialog } from './dialog.tsx'

type AskProps = {
  title: string
  children: ReactNode
  confirmLabel: string
  cancelLabel?: string
  isDangerous?: boolean
  isBusy: boolean
  /** Why it did not work, shown where it was asked. */
  error: string | null
  /** A milder act to offer instead. */
  instead?: { label: string; run: () => void }
  /** What has to be typed first, where the damage is real. */
  typed?: { expected: string; label: string }
  onConfirm: () => void
  onCancel: () => void
}

/** Asks before something that cannot simply be undone. Starts on Cancel. */
export function Ask(props: AskProps) {
  const { title, children, confirmLabel, isDangerous, isBusy, error, instead, typed } = props
  const [text, setText] = useState('')
  const [isMistyped, setIsMistyped] = useState(false)

  function confirm() {
    const isRight = typed === undefined || text.trim() === typed.expected
    setIsMistyped(!isRight)
    if (isRight && !isBusy) props.onConfirm()
  }

  return (
    <Dialog title={title} onClose={props.onCancel}>
      <Stack>
        <div>{children}</div>
        {typed && (
          <TextInput
            label={typed.label}
            inputMode="numeric"
            autoComplete="off"
            value={text}
            error={isMistyped ? `This is not ${typed.expected}.` : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && confirm()}
          />
        )}
        {error !== null && (
          <Alert color="red" role="alert" variant="light">
            {error}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={props.onCancel}>
            {props.cancelLabel ?? 'Cancel'}
          </Button>
          {instead && (
            <Button variant="default" disabled={isBusy} onClick={instead.run}>
              {instead.label}
            </Button>
          )}
          <Button color={isDangerous ? 'red' : undefined} loading={isBusy} onClick={confirm}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
