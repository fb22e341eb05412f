import { Alert } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'

import type { WatchState } from '#contract/desk/attention.ts'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { useNow } from '#ui/hooks/now.ts'

import { intervalText, troubleText } from './attention-words.ts'
import classes from './attention.module.css'

type WatchPulseProps = { watch: WatchState; blindSince: string | null }

/** The watch's own state: a page that shows no trouble proves nothing if nobody looks. */
export function WatchPulse({ watch, blindSince }: WatchPulseProps) {
  const { isOn, hasAccount, intervalMs, lastCompleteAt } = watch
  const now = useNow()
  if (!isOn) {
    return <NotWatching>This Hookdesk is told not to watch (WATCH=0).</NotWatching>
  }
  if (!hasAccount && lastCompleteAt === null) {
    return (
      <NotWatching>
        {troubleText(watch) ??
          'The watch needs a Nexudus account of its own: set WATCH_EMAIL and WATCH_PASSWORD.'}
      </NotWatching>
    )
  }
  const trouble = troubleText(watch) ?? (isLate(watch, now) ? LATE : undefined)
  const last = lastCompleteAt && <TimeAgo at={Date.parse(lastCompleteAt)} />
  if (trouble !== undefined) {
    return (
      <Alert
        color="orange"
        variant="light"
        title={blindSince ? 'The watch cannot see your webhooks' : 'The last look was not complete'}
      >
        <p className={classes.note}>{trouble}</p>
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

const LATE = 'It has not looked for some time: it may not be running.'

/** From this many missed looks on, the watch is late. */
const MISSED = 4

const UNKNOWN_INTERVAL_MS = 15 * 60_000

function isLate({ intervalMs, lastLookAt }: WatchState, now: number): boolean {
  const patience = intervalMs === null ? UNKNOWN_INTERVAL_MS : MISSED * intervalMs
  return lastLookAt !== null && now - Date.parse(lastLookAt) > patience
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
