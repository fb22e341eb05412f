import { Alert } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'

import type { WatchState } from '#contract/desk/attention.ts'
import { watchTroubleText } from '#contract/words/watch-trouble.ts'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { useNow } from '#ui/hooks/now.ts'

import { intervalText } from './attention-words.ts'
import classes from './attention.module.css'
import { doubtOf } from './watch-state.ts'

type WatchPulseProps = { watch: WatchState; blindSince: string | null }

/** The watch's own state: a page that shows no trouble proves nothing if nobody looks. */
export function WatchPulse({ watch, blindSince }: WatchPulseProps) {
  const { hasAccount, intervalMs, lastCompleteAt, trouble } = watch
  const now = useNow()
  if (!hasAccount && lastCompleteAt === null) {
    const isRefused = trouble !== null && trouble !== 'no_account'
    return <NotWatching>{isRefused ? watchTroubleText(trouble) : NEEDS_ACCOUNT}</NotWatching>
  }
  const doubt = doubtOf(watch, now)
  const last = lastCompleteAt && <TimeAgo at={Date.parse(lastCompleteAt)} />
  if (doubt !== undefined) {
    return (
      <Alert color="orange" variant="light" title={titleFor(watch, blindSince)}>
        <p className={classes.note}>{doubt}</p>
        {last && (
          <p className={classes.note}>
            <span>Everything below is as seen</span> {last}
          </p>
        )}
      </Alert>
    )
  }
  return (
    <p className={classes.pulse}>
      <IconEye size={18} aria-hidden />
      <span>{last ? 'Looked' : 'The first look is under way.'}</span>
      {last && <span>{last}</span>}
      {intervalMs !== null && <span>{`(${intervalText(intervalMs)})`}</span>}
    </p>
  )
}

const NEEDS_ACCOUNT =
  'The watch needs a Nexudus account of its own. An administrator signs it in under Watch, in the menu with their name.'

function titleFor({ trouble }: WatchState, blindSince: string | null): string {
  if (blindSince) return 'The watch cannot see your webhooks'
  return trouble === null ? 'The watch is late' : 'The last look was not complete'
}

function NotWatching({ children }: { children: string }) {
  return (
    <Alert color="orange" variant="light" title="Nobody watches">
      <p className={classes.note}>{children}</p>
      <p className={classes.note}>
        Until then, Hookdesk sees trouble only while somebody has it open.
      </p>
    </Alert>
  )
}
