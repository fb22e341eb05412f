import { Alert, Button, Group, Text } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ComponentType } from 'react'

import { ApiError } from '#api/failure.ts'
import { TIMELINE_HOURS, type Timeline as TimelineData } from '#contract/desk/timeline.ts'
import { HEALTH_LABELS } from '#contract/nexudus/health.ts'
import { briefCause } from '#contract/words/last-error.ts'
import { plural } from '#contract/words/plural.ts'
import { TRANSITION_LABELS, UNSEEN_LABEL } from '#contract/words/transition.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { useNow } from '#ui/hooks/now.ts'
import { Card } from '#ui/page/card.tsx'
import { clockTime } from '#ui/text/time.ts'

import { explainFailure } from './failure-words.ts'
import { StateStrip } from './state-strip.tsx'
import {
  exportTimeline,
  timelineQuery,
  type TimelineHours,
  type TimelineOf,
} from './timeline-api.ts'
import classes from './timeline.module.css'

const isUnknown = (error: unknown) => error instanceof ApiError && error.code === 'not_found'

const NOT_SEEN = 'The watch knows no webhook that delivers there and that you may see.'

const LABELS: Record<TimelineHours, string> = { 24: '24 hours', 168: '7 days', 720: '30 days' }

type TimelineProps = {
  of: TimelineOf
  /** Names the webhook of a transition, where there are several. */
  Name?: ComponentType<Pick<Transition, 'webhookId' | 'name'>>
}

/**
 * The states as the watch saw them, of a webhook or the worst of all that deliver to a host: a strip,
 * and a table as its equal.
 */
export function Timeline({ of, Name }: TimelineProps) {
  const [hours, setHours] = useState<TimelineHours>(24)
  // the one shown stays while another span is read: its buttons have the focus
  const { data, error } = useQuery({
    ...timelineQuery(of, hours),
    placeholderData: keepPreviousData,
  })
  if (error && !isUnknown(error)) {
    return (
      <Alert color="orange" variant="light" role="alert">
        {explainFailure(error)}
      </Alert>
    )
  }
  // a new webhook is known after the next look
  if (!data) return error && 'host' in of ? <Text>{NOT_SEEN}</Text> : null
  return (
    <Card
      title="As the watch saw it"
      aside={
        <Group gap="xs" role="group" aria-label="Span">
          {TIMELINE_HOURS.map((span) => (
            <Button
              key={span}
              size="compact-xs"
              variant={span === hours ? 'light' : 'default'}
              aria-pressed={span === hours}
              onClick={() => setHours(span)}
            >
              {LABELS[span]}
            </Button>
          ))}
        </Group>
      }
    >
      <StateStrip span={data} />
      {data.loss && <Loss loss={data.loss} />}
      {'host' in of && (
        <Text size="sm" c="dimmed">
          At each moment, the worst of all webhooks there that you may see.
        </Text>
      )}
      <Disclosure summary="States as a table">{() => <States timeline={data} />}</Disclosure>
      <Happened timeline={data} Name={Name} />
      <Download of={of} hours={hours} />
    </Card>
  )
}

function States({ timeline: { states, blind } }: { timeline: TimelineData }) {
  const now = useNow()
  const span = ({ from, to }: { from: string; to: string }) =>
    `${clockTime(Date.parse(from), now)} – ${clockTime(Date.parse(to), now)}`
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Seen</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {states.toReversed().map((state) => (
          <tr key={state.from}>
            <td>{span(state)}</td>
            <td>{state.health ? HEALTH_LABELS[state.health] : 'Unknown'}</td>
          </tr>
        ))}
        {blind.map((gap) => (
          <tr key={`blind ${gap.from}`}>
            <td>{span(gap)}</td>
            <td>{UNSEEN_LABEL}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Transition = TimelineData['transitions'][number]

const SHOWN = 20

function Loss({ loss: { from, to, usualHours } }: { loss: NonNullable<TimelineData['loss']> }) {
  const now = useNow()
  const begin = clockTime(Date.parse(from), now)
  const span =
    to === null
      ? `Since about ${begin}`
      : `Between about ${begin} and ${clockTime(Date.parse(to), now)}`
  const usual =
    usualHours !== null && usualHours > 0
      ? ` In such a span it usually fires in about ${plural(usualHours, 'hour')}.`
      : ''
  return (
    <Text size="sm">
      {`${span} events were probably not delivered. As far as is known, Nexudus does not send them again.${usual}`}
    </Text>
  )
}

type HappenedProps = { timeline: TimelineData; Name: TimelineProps['Name'] }

function Happened({ timeline: { transitions, count }, Name }: HappenedProps) {
  if (transitions.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No change of state in this span.
      </Text>
    )
  }
  const older = count - Math.min(SHOWN, transitions.length)
  return (
    <ul className={classes.happened} aria-label="Seen, newest first">
      {transitions.slice(0, SHOWN).map((transition) => (
        <li key={transition.id} className={classes.row}>
          <TimeAgo at={Date.parse(transition.happenedAt ?? transition.seenAt)} />
          <span>
            {Name && <Name {...transition} />}
            <span>{Name ? `: ${textOf(transition)}` : textOf(transition)}</span>
          </span>
        </li>
      ))}
      {older > 0 && <li className={classes.row}>{`and ${older} older`}</li>}
    </ul>
  )
}

function Download({ of, hours }: { of: TimelineOf; hours: TimelineHours }) {
  const { notify } = useNotices()
  const save = useMutation({
    mutationFn: () => exportTimeline(of, hours),
    onError: (error) => notify({ text: `Nothing was exported. ${explainFailure(error)}` }),
  })
  return (
    <Group>
      <Button
        size="compact-sm"
        variant="default"
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        Export as CSV
      </Button>
    </Group>
  )
}

function textOf({ kind, health, countFrom, countTo, error }: Transition): string {
  if (kind === 'appeared' || kind === 'back')
    return `${TRANSITION_LABELS[kind]}: ${HEALTH_LABELS[health]}`
  const counts = countTo === null || kind === 'off' ? '' : `, ${countFrom} to ${countTo} failures`
  const cause = error === null ? '' : `: ${briefCause(error)}`
  return `${TRANSITION_LABELS[kind]}${counts}${cause}`
}
