import { useBlocker } from '@tanstack/react-router'
import { Suspense } from 'react'

import { isReloadingItself, lazyPart } from '#ui/feedback/load-part.ts'

const LeaveDialog = lazyPart(() => import('#ui/feedback/leave-dialog.tsx'), 'LeaveDialog')

/** Asks before typed text is lost. Filtering the list beside the form loses nothing. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty && (current.pathname !== next.pathname || tabIn(current) !== tabIn(next)),
    // a page that reloads itself keeps what was typed, see draft.ts
    enableBeforeUnload: () => isDirty && !isReloadingItself(),
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null

  return (
    <Suspense>
      <LeaveDialog title="Leave without saving?" onLeave={blocker.proceed} onStay={blocker.reset}>
        Your changes are not saved.
      </LeaveDialog>
    </Suspense>
  )
}

const tabIn = ({ search }: { search: object }) => ('tab' in search ? search.tab : undefined)
