import { Text } from '@mantine/core'

import { Ask } from './ask.tsx'

type LeaveDialogProps = {
  title: string
  /** What becomes of what was typed. */
  children: string
  onLeave: () => void
  onStay: () => void
}

/** Asks before what was typed is out of sight. */
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
