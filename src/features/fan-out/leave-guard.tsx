import { Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'

import { paths } from '#paths'
import { Ask } from '#ui/ask.tsx'

/** Asks before what was typed is out of sight. On the way to its dry run it has become that. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty && current.pathname !== next.pathname && next.routeId !== paths.run,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null

  return (
    <Ask
      title="Leave without creating?"
      confirmLabel="Leave"
      cancelLabel="Stay"
      isDangerous
      isBusy={false}
      error={null}
      onConfirm={blocker.proceed}
      onCancel={blocker.reset}
    >
      <Text>Back brings you to what you chose here, until this tab is closed or loaded again.</Text>
    </Ask>
  )
}
