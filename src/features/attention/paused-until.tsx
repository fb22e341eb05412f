import { Link } from '@tanstack/react-router'

import type { Pause, PauseState } from '#contract/desk/pauses.ts'
import { usePauses } from '#fleet/pauses.ts'
import { paths } from '#paths'
import { Mark } from '#ui/feedback/mark.tsx'
import { useNow } from '#ui/hooks/now.ts'
import { Card } from '#ui/page/card.tsx'
import { dayTime } from '#ui/text/time.ts'

import classes from './attention.module.css'

const NOT_RESUMED: { readonly [State in Exclude<PauseState, 'waiting' | 'resumed'>]: string } = {
  touched: 'Not resumed: it was switched again meanwhile',
  gone: 'Not resumed: it is gone, or the watch cannot see it',
  no_right: 'Not resumed: the watch may not switch webhooks on',
  failed: 'Not resumed: Nexudus did not let Hookdesk for a day',
}

/** Pauses with an end, and those whose end did not come as planned. */
export function PausedUntil({ nameOf }: { nameOf: (id: number) => string }) {
  const pauses = [...usePauses().values()]
  const now = useNow()
  if (pauses.length === 0) return null
  return (
    <Card title="Paused until">
      <ul className={classes.rows}>
        {pauses.map((pause) => (
          <li key={pause.webhookId} className={classes.row}>
            <Link {...paths.webhook(pause.webhookId)} className={classes.link}>
              <bdi>{pause.name || `Webhook ${pause.webhookId}`}</bdi>
            </Link>
            <span>{nameOf(pause.businessId)}</span>
            <span>{dayTime(Date.parse(pause.until), now)}</span>
            <End pause={pause} />
            {pause.reason !== null && <bdi className={classes.reason}>{pause.reason}</bdi>}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function End({ pause: { state, by } }: { pause: Pause }) {
  if (state === 'waiting' || state === 'resumed') return <bdi>{by}</bdi>
  return <Mark look="trouble">{NOT_RESUMED[state]}</Mark>
}
