import { Link } from '@tanstack/react-router'

import type { PauseWindow } from '#contract/desk/pauses.ts'
import { plural } from '#contract/words/plural.ts'
import { useWindows } from '#fleet/pauses.ts'
import { RemoveWindow } from '#features/pauses/remove-window.tsx'
import { hoursText, windowProblem } from '#features/pauses/window-words.ts'
import { paths } from '#paths'
import { Disclosure } from '#ui/controls/disclosure.tsx'
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
        <Name webhook={only} />
      ) : (
        <Disclosure summary={plural(webhooks.length, 'webhook')}>
          <ul className={classes.rows}>
            {webhooks.map((webhook) => (
              <li key={webhook.webhookId}>
                <Name webhook={webhook} />
              </li>
            ))}
          </ul>
        </Disclosure>
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

function Name({ webhook: { webhookId, name } }: { webhook: PauseWindow['webhooks'][number] }) {
  return (
    <Link {...paths.webhook(webhookId)} className={classes.link}>
      <bdi>{name || `Webhook ${webhookId}`}</bdi>
    </Link>
  )
}
