import { Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'

import { paths } from '#paths'
import { Ask } from '#ui/ask.tsx'

/** Asks before what was typed is lost. On the way to its dry run it is not lost: it has become it. */
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
      <Text>What you chose here is not kept.</Text>
    </Ask>
  )
}
