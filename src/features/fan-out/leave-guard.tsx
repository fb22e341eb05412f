import { useBlocker } from '@tanstack/react-router'

import { paths } from '#paths'
import { LeaveDialog } from '#ui/feedback/leave-dialog.tsx'
import { isReloadingItself } from '#ui/feedback/load-part.ts'

/** Asks before what was typed is out of sight. On the way to its dry run it has become that. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty && current.pathname !== next.pathname && next.routeId !== paths.run.route,
    // a page that loads itself again keeps what is typed, see use-kept-draft.ts
    enableBeforeUnload: () => isDirty && !isReloadingItself(),
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null

  return (
    <LeaveDialog title="Leave without creating?" onLeave={blocker.proceed} onStay={blocker.reset}>
      Go back to find your choices again, until you close or reload this tab.
    </LeaveDialog>
  )
}
