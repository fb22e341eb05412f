import { Alert, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { isSignedOut } from '#api/failure.ts'
import type { Attention, AttentionIncident } from '#contract/desk/attention.ts'
import { byCount, plural } from '#contract/words/plural.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { locationNameOf } from '#fleet/fleet.ts'
import { useStrips } from '#fleet/strips.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { useNow } from '#ui/hooks/now.ts'
import { Card } from '#ui/page/card.tsx'
import { Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { attentionQueries } from './attention-api.ts'
import { figuresOf, openIn, worstIn } from './attention-words.ts'
import classes from './attention.module.css'
import { IncidentCard } from './incident-card.tsx'
import { PausedUntil } from './paused-until.tsx'
import { PausedWeekly } from './paused-weekly.tsx'
import { Recent } from './recent.tsx'
import { WatchPulse } from './watch-pulse.tsx'
import { useLeaving } from './use-leaving.ts'
import { doubtOf } from './watch-state.ts'
import { Welcome } from './welcome.tsx'

/** The start page: what stands still, since when, why, and what to press. */
export function AttentionPage() {
  const { data, error } = useQuery(attentionQueries.page())
  useDocumentTitle('Attention')
  const { data: locations = NONE } = useQuery(locationQueries.list())
  const names = new Map(locations.map((location) => [location.Id, location]))
  const nameOf = (id: number) => locationNameOf(names, id)

  return (
    <Page width="full">
      <ScreenTitle>Attention</ScreenTitle>
      {error && !isSignedOut(error) && (
        <Alert color="orange" variant="light" role="alert">
          {explainFailure(error)}
        </Alert>
      )}
      {!data && !error && <Skeleton height={200} aria-label="Loading what needs attention" />}
      {data && <Welcome />}
      {data && <Board attention={data} nameOf={nameOf} />}
    </Page>
  )
}

const NONE: Location[] = []

type BoardProps = { attention: Attention; nameOf: (id: number) => string }

function Board({ attention, nameOf }: BoardProps) {
  const { incidents, watch, onWatch, counts } = attention
  const open = incidents.filter(({ closedAt, kind }) => closedAt === null && kind !== 'blind')
  const closed = incidents.filter(({ closedAt }) => closedAt !== null)
  const paused = counts.paused ?? 0
  const { shown, isLeaving } = useLeaving(open.toSorted(byWeight))
  const worst = open.map((incident) => worstIn(incident)?.webhookId ?? 0)
  const strips = useStrips(
    worst.toSorted((one, other) => one - other),
    24,
  )
  const stripOf = (incident: AttentionIncident) => strips.get(worstIn(incident)?.webhookId ?? 0)
  const now = useNow()
  const isCurrent = watch.lastCompleteAt !== null && doubtOf(watch, now) === undefined
  const blindSince = incidents.find(({ closedAt, kind }) => closedAt === null && kind === 'blind')
  return (
    <>
      <WatchPulse watch={watch} blindSince={blindSince?.openedAt ?? null} />
      {shown.length === 0 && isCurrent && <AllWell attention={attention} />}
      {shown.length > 0 && (
        <ul className={classes.cards} aria-label="Needs attention, worst first">
          {shown.map((incident) => (
            <li key={incident.id} inert={isLeaving(incident)}>
              <IncidentCard incident={incident} nameOf={nameOf} strip={stripOf(incident)} />
            </li>
          ))}
        </ul>
      )}
      {onWatch.length > 0 && (
        <Card title="On watch">
          <p className={classes.note}>
            Switched on again, and not known to work before the next event.
          </p>
          <ul className={classes.rows}>
            {onWatch.map(({ webhookId, businessId, name, sinceAt }) => (
              <li key={webhookId} className={classes.row}>
                <Link {...paths.webhook(webhookId)} className={classes.link}>
                  <bdi>{name || `Webhook ${webhookId}`}</bdi>
                </Link>
                <span>{nameOf(businessId)}</span>
                <TimeAgo at={Date.parse(sinceAt)} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <PausedUntil nameOf={nameOf} />
      <PausedWeekly />
      {paused > 0 && (
        <p className={classes.note}>
          <Link {...paths.webhooks()} search={{ health: 'paused' }} className={classes.link}>
            {plural(paused, 'webhook')}
          </Link>{' '}
          paused in Hookdesk.
        </p>
      )}
      {closed.length > 0 && <Recent incidents={closed} nameOf={nameOf} />}
    </>
  )
}

function AllWell({ attention: { counts, locations } }: { attention: Attention }) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const bad = BAD.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
  return (
    <EmptyState
      picture="calm"
      title="Nothing needs attention"
      text={`${figuresOf(total, locations)}. ${badText(bad)}`}
    >
      <Link {...paths.webhooks()} className={classes.link}>
        See all webhooks
      </Link>
    </EmptyState>
  )
}

/** States that may be no incident, like fewer than five failures, and are said all the same. */
const BAD = ['failing', 'about-to-stop', 'stopped'] as const

function badText(count: number): string {
  if (count === 0) return 'None of them is failing or stopped.'
  return `${plural(count, 'webhook')} ${byCount(count, 'has', 'have')} failures counted; the list shows which.`
}

const STEP_WEIGHT = { stopped: 0, '9': 1, '8': 2, '5': 3, quiet: 4 } as const

/** Worst first, then newest; what somebody has acknowledged comes last. */
function byWeight(one: AttentionIncident, other: AttentionIncident): number {
  const rank = (incident: AttentionIncident) =>
    STEP_WEIGHT[incident.step] + (incident.acknowledged ? 10 : 0)
  return (
    rank(one) - rank(other) ||
    newestIn(other).localeCompare(newestIn(one)) ||
    other.open.count - one.open.count
  )
}

const newestIn = (incident: AttentionIncident) =>
  openIn(incident).reduce(
    (newest, { joinedAt }) => (joinedAt > newest ? joinedAt : newest),
    incident.openedAt,
  )
