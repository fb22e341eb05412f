import { Text } from '@mantine/core'

import { Ask } from './ask.tsx'

type LeaveDialogProps = {
  title: string
  /** Says what will happen to the typed text. */
  children: string
  onLeave: () => void
  onStay: () => void
}

/** Asks before the person leaves a form with unsaved text. */
export function LeaveDialog({ title, children, onLeave, onStay }: LeaveDialogProps) {
  return (
    <Ask
      title={title}
      confirmLabel="Leave"
      cancelLabel="Stay"
      isDangerous
      isBusy={false}
      error={null}
      onConfirm={onLeave}
      onCancel={onStay}
    >
      <Text>{children}</Text>
    </Ask>
  )
}
