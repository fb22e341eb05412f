import { Alert, Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

import { Dialog } from './dialog.tsx'

type AskProps = {
  title: string
  children: ReactNode
  confirmLabel: string
  cancelLabel?: string
  isDangerous?: boolean
  isBusy: boolean
  /** The reason the act failed, shown in the dialog. */
  error: string | null
  /** A milder act to offer instead. */
  instead?: { label: string; run: () => void }
  onConfirm: () => void
  onCancel: () => void
}

/** Asks before an act that cannot simply be undone. The focus starts on Cancel. */
export function Ask(props: AskProps) {
  const { title, children, confirmLabel, isDangerous, isBusy, error, instead } = props
  return (
    <Dialog title={title} onClose={props.onCancel}>
      <Stack>
        <div>{children}</div>
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
          <Button
            color={isDangerous ? 'red' : undefined}
            loading={isBusy}
            onClick={props.onConfirm}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
