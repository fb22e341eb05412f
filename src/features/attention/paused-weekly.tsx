import { Link } from '@tanstack/react-router'

import type { PauseWindow } from '#contract/desk/pauses.ts'
import { plural } from '#contract/words/plural.ts'
import { useWindows } from '#fleet/pauses.ts'
import { RemoveWindow } from '#fleet/remove-window.tsx'
import { hoursText, windowProblem } from '#fleet/window-words.ts'
import { paths } from '#paths'
import { Mark } from '#ui/feedback/mark.tsx'
import { useNow } from '#ui/hooks/now.ts'
import { Card } from '#ui/page/card.tsx'
import { dayTime } from '#ui/text/time.ts'

import classes from './attention.module.css'

/** Pauses that come back every week. */
export function PausedWeekly() {
  const windows = useWindows()
  if (windows.length === 0) return null
  return (
    <Card title="Paused every week">
      <ul className={classes.rows}>
        {windows.map((window) => (
          <Weekly key={window.id} window={window} />
        ))}
      </ul>
    </Card>
  )
}

function Weekly({ window }: { window: PauseWindow }) {
  const now = useNow()
  const { webhooks, by, reason, beginsAt, endsAt } = window
  const [only] = webhooks
  const problem = windowProblem(window)
  const isNow = Date.parse(beginsAt) <= now
  return (
    <li className={classes.row}>
      {only && webhooks.length === 1 ? (
        <Link {...paths.webhook(only.webhookId)} className={classes.link}>
          <bdi>{only.name || `Webhook ${only.webhookId}`}</bdi>
        </Link>
      ) : (
        <span title={webhooks.map(({ name }) => name).join(', ')}>
          {plural(webhooks.length, 'webhook')}
        </span>
      )}
      <span>{hoursText(window)}</span>
      <span>
        {isNow
          ? `now, until ${dayTime(Date.parse(endsAt), now)}`
          : `next ${dayTime(Date.parse(beginsAt), now)}`}
      </span>
      <bdi>{by}</bdi>
      {reason !== null && <bdi className={classes.reason}>{reason}</bdi>}
      {problem !== null && <Mark look="trouble">{problem}</Mark>}
      <RemoveWindow window={window} />
    </li>
  )
}
