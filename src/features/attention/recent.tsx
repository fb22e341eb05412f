import type { AttentionIncident } from '#contract/desk/attention.ts'
import { Mark } from '#ui/feedback/mark.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Card } from '#ui/page/card.tsx'
import { plural } from '#ui/text/plural.ts'

import { endOf, listed } from './attention-words.ts'
import classes from './attention.module.css'

type RecentProps = { incidents: readonly AttentionIncident[]; nameOf: (id: number) => string }

/** Incidents that ended within a week, and how long they lasted. */
export function Recent({ incidents, nameOf }: RecentProps) {
  return (
    <Card title="Over within the last 7 days">
      <ul className={classes.rows}>
        {incidents.map((incident) => (
          <li key={incident.id} className={classes.row}>
            <span className={classes.what}>
              <bdi>{whatOf(incident, nameOf)}</bdi>
            </span>
            <Mark look={incident.outcome === 'working' ? 'good' : 'quiet'}>{endOf(incident)}</Mark>
            <span>{lastedText(incident)}</span>
            <TimeAgo at={Date.parse(incident.closedAt ?? incident.openedAt)} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function whatOf({ kind, origin, members }: AttentionIncident, nameOf: (id: number) => string) {
  if (kind === 'blind') return 'The watch could not see'
  const [only] = members
  const host = origin.replace(/^https?:\/\//, '')
  const was = kind === 'stopped' ? 'stopped' : 'failed'
  if (members.length === 1 && only) {
    return `“${only.name || `Webhook ${only.webhookId}`}” at ${nameOf(only.businessId)} ${was}`
  }
  const places = new Set(members.map(({ businessId }) => nameOf(businessId)))
  const where = places.size === 1 ? listed([...places]) : plural(places.size, 'location')
  return `${plural(members.length, 'webhook')} to ${host} at ${where} ${was}`
}

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
