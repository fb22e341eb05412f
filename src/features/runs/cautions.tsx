import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'

import type { RunItem } from '#contract/desk/run.ts'
import { FAILURE_LIMIT, healthOf, NO_FACTS, type Facts } from '#contract/nexudus/health.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { EVENTS_WHILE_OFF } from '#texts/pause-words.ts'
import { currentTime } from '#ui/hooks/now.ts'
import { byCount, plural } from '#contract/words/plural.ts'

import classes from './runs.module.css'

/** Points out effects of a run that are easily overlooked, before it is started. */
export function Cautions({ items }: { items: readonly RunItem[] }) {
  const { data: fleet } = useQuery(webhookQueries.fleet())
  const resumed = new Set(
    items.filter((item) => switches(item, 'true')).map(({ webhookId }) => webhookId),
  )
  const stopped = fleet?.webhooks.filter(
    (webhook) => resumed.has(webhook.Id) && isStopped(webhook, fleet.facts[webhook.Id]),
  ).length
  const paused = items.filter((item) => item.kind !== 'create' && switches(item, 'false')).length
  const unsafe = items.filter(losesEncryption).length
  const said = [
    stopped &&
      `${stopped.toLocaleString('en')} of these webhooks had stopped after ${FAILURE_LIMIT} failures. Check ${byCount(stopped, 'its URL', 'their URLs')} first: Nexudus will probably stop what still fails again.`,
    paused && EVENTS_WHILE_OFF,
    unsafe &&
      `${plural(unsafe, 'URL')} would change from https to http: others could read what is sent, keys included, on the way.`,
  ].filter(Boolean)
  if (said.length === 0) return null
  return (
    <Alert color="yellow" variant="light">
      <ul className={classes.cautions}>
        {said.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Alert>
  )
}

const isStopped = (webhook: WebhookRow, facts: Facts = NO_FACTS) =>
  healthOf(webhook, facts, currentTime()).state === 'stopped'

const switches = ({ diff }: RunItem, to: string) =>
  diff.some((field) => field.field === 'Active' && field.to === to)

const losesEncryption = ({ diff }: RunItem) =>
  diff.some(
    ({ field, from, to }) =>
      field === 'URL' && /^https:/i.test(from ?? '') && /^http:/i.test(to ?? ''),
  )
