import { hostOf } from '#contract/address/address.ts'
import type { AttentionIncident } from '#contract/desk/attention.ts'
import { Mark } from '#ui/feedback/mark.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Card } from '#ui/page/card.tsx'
import { plural } from '#contract/words/plural.ts'

import { endOf } from './attention-words.ts'
import classes from './attention.module.css'

type RecentProps = { incidents: readonly AttentionIncident[]; nameOf: (id: number) => string }

/** Incidents that ended within a week, and how long they lasted. */
export function Recent({ incidents, nameOf }: RecentProps) {
  return (
    <Card title="Over within the last 7 days">
      <ul className={classes.rows}>
        {incidents.map((incident) => (
          <li key={incident.id} className={classes.row}>
            <span className={classes.what}>{whatOf(incident, nameOf)}</span>
            <Mark look={incident.outcome === 'working' ? 'good' : 'quiet'}>{endOf(incident)}</Mark>
            <span>{lastedText(incident)}</span>
            <TimeAgo at={Date.parse(incident.closedAt ?? incident.openedAt)} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function whatOf(incident: AttentionIncident, nameOf: (id: number) => string): string {
  const { kind, origin, members, count } = incident
  if (kind === 'blind') return 'The watch could not see'
  const [only] = members
  const was = WAS[kind]
  if (count === 1 && only) {
    const name = isolated(only.name || `Webhook ${only.webhookId}`)
    return `“${name}” at ${isolated(nameOf(only.businessId))} ${was}`
  }
  const host = hostOf(origin)
  return `${plural(count, 'webhook')} to ${host} ${was}`
}

const WAS = { stopped: 'stopped', failing: 'failed', quiet: 'was quiet' } as const

/** Keeps a name in another direction from turning the sentence around it. */
const isolated = (text: string) => `\u2068${text}\u2069`

const MINUTE_MS = 60_000

function lastedText({ openedAt, closedAt, wasFound }: AttentionIncident): string {
  const minutes = Math.round((Date.parse(closedAt ?? openedAt) - Date.parse(openedAt)) / MINUTE_MS)
  const span =
    minutes < 60
      ? plural(Math.max(1, minutes), 'minute')
      : minutes < 48 * 60
        ? plural(Math.round(minutes / 60), 'hour')
        : plural(Math.round(minutes / (24 * 60)), 'day')
  return wasFound ? `more than ${span}` : `about ${span}`
}
