import { useBlocker } from '@tanstack/react-router'
import { Suspense } from 'react'

import { paths } from '#paths'
import { isReloadingItself, lazyPart } from '#ui/feedback/load-part.ts'

const LeaveDialog = lazyPart(() => import('#ui/feedback/leave-dialog.tsx'), 'LeaveDialog')

/**
 * Asks before the person leaves what they typed; not on the way to its dry run, which contains it.
 */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty && current.pathname !== next.pathname && next.routeId !== paths.run.route,
    // a page that reloads itself keeps what was typed, see use-kept-draft.ts
    enableBeforeUnload: () => isDirty && !isReloadingItself(),
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null

  return (
    <Suspense>
      <LeaveDialog title="Leave without creating?" onLeave={blocker.proceed} onStay={blocker.reset}>
        Go back to find your choices again, until you close or reload this tab.
      </LeaveDialog>
    </Suspense>
  )
}
