import { Button, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { ApiError } from '#api/failure.ts'
import { actionLabel } from '#contract/actions/actions.ts'
import { maskText } from '#contract/address/address.ts'
import type { Attempt, Delivery } from '#contract/desk/sandbox.ts'
import { paths } from '#paths'
import { textOf } from '#texts/failure-texts.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Mark, type MarkLook } from '#ui/feedback/mark.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { useNow } from '#ui/hooks/now.ts'
import { Card } from '#ui/page/card.tsx'
import { byCount } from '#contract/words/plural.ts'

import { sendAgain, settleParked } from './sandbox-api.ts'
import classes from './sandbox-page.module.css'
import { sandboxQueries } from './sandbox-queries.ts'

/** A receiver that takes longer is slow, and uses up its four places. */
const SLOW_MS = 5_000

const STATES: Record<Delivery['state'], string> = {
  queued: 'Waiting',
  claimed: 'Being sent',
  retry: 'Waiting to retry',
  delivered: 'Delivered',
  parked: 'Parked',
  dead: 'Given up',
}

const LOOKS: Record<Delivery['state'], MarkLook> = {
  queued: 'waiting',
  claimed: 'waiting',
  retry: 'trouble',
  delivered: 'good',
  parked: 'trouble',
  dead: 'bad',
}

/** Lists deliveries, newest first, with every attempt. */
export function Deliveries() {
  const { data: deliveries, isError } = useQuery(sandboxQueries.deliveries())

  return (
    <Card title="Deliveries">
      {isError && <Text size="sm">Hookdesk could not read the deliveries. It keeps trying.</Text>}
      {deliveries?.length === 0 && (
        <EmptyState
          picture="receiver"
          isInCard
          title="Nothing sent yet"
          text="Trigger an action that a webhook listens to."
        >
          <a href="#trigger" className={classes.link}>
            Trigger an event
          </a>
        </EmptyState>
      )}
      <Parked deliveries={deliveries ?? []} />
      <ul className={classes.items} aria-label="Deliveries, newest first">
        {deliveries?.map((delivery) => (
          <DeliveryItem key={delivery.id} delivery={delivery} />
        ))}
      </ul>
    </Card>
  )
}

/** Deliveries that wait for a switched-off webhook: to send again together, or to drop. */
function Parked({ deliveries }: { deliveries: Delivery[] }) {
  const queryClient = useQueryClient()
  const { notify } = useNotices()
  const settle = useMutation({
    mutationFn: ({ webhookId, act }: { webhookId: number; act: 'replay' | 'drop' }) =>
      settleParked(webhookId, act),
    onSuccess: ({ settled }, { act }) => {
      notify({ text: act === 'replay' ? `Sending ${settled} again.` : `Dropped ${settled}.` })
      return queryClient.invalidateQueries({ queryKey: sandboxQueries.all() })
    },
    onError: (error) =>
      notify({ text: error instanceof ApiError ? textOf(error) : 'This did not work.' }),
  })
  const parked = new Map(
    deliveries
      .filter(({ state, webhookName }) => state === 'parked' && webhookName !== null)
      .map(({ webhookId, webhookName }) => [webhookId, webhookName ?? '']),
  )
  if (parked.size === 0) return null
  return (
    <ul className={classes.items} aria-label="Parked">
      {[...parked].map(([webhookId, name]) => (
        <li key={webhookId} className={classes.itemHead}>
          <span>
            Parked for <bdi>{name}</bdi>
          </span>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Send all deliveries parked for ${name}`}
            onClick={() => settle.mutate({ webhookId, act: 'replay' })}
          >
            Send all
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Drop all deliveries parked for ${name}`}
            onClick={() => settle.mutate({ webhookId, act: 'drop' })}
          >
            Drop all
          </Button>
        </li>
      ))}
    </ul>
  )
}

function DeliveryItem({ delivery }: { delivery: Delivery }) {
  const queryClient = useQueryClient()
  const { notify } = useNotices()
  const again = useMutation({
    mutationFn: sendAgain,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sandboxQueries.all() }),
    onError: (error) =>
      notify({ text: error instanceof ApiError ? textOf(error) : 'Not sent again.' }),
  })
  const { id, webhookId, webhookName, action, at, state, nextAttemptAt, reason, attempts } =
    delivery
  const name = webhookName ?? `Webhook ${webhookId} (deleted)`

  return (
    <li className={classes.item}>
      <div className={classes.itemHead}>
        <Mark look={LOOKS[state]}>{STATES[state]}</Mark>
        {webhookName === null ? (
          <span>{name}</span>
        ) : (
          <Link {...paths.webhook(webhookId)} className={classes.link}>
            <bdi>{name}</bdi>
          </Link>
        )}
        <TimeAgo at={Date.parse(at)} />
      </div>
      <Text size="sm" c="dimmed">
        <span>{actionLabel(action)}</span>
        {state === 'retry' && nextAttemptAt && <NextTry at={Date.parse(nextAttemptAt)} />}
        {reason && <span>{` · ${maskText(reason)}`}</span>}
      </Text>
      {attempts.length > 0 && (
        <Disclosure
          summary={byCount(attempts.length, '1 attempt', `${attempts.length} attempts`)}
          isOpen={attempts.length === 1}
        >
          <ol className={classes.attempts}>
            {attempts.map((attempt) => (
              <li key={attempt.id}>{resultOf(attempt)}</li>
            ))}
          </ol>
        </Disclosure>
      )}
      {state !== 'claimed' && state !== 'queued' && webhookName !== null && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Send again: ${actionLabel(action)}, ${name}`}
          loading={again.isPending}
          onClick={() => again.mutate(id)}
        >
          Send again
        </Button>
      )}
    </li>
  )
}

function NextTry({ at }: { at: number }) {
  const seconds = Math.round((at - useNow()) / 1000)
  if (seconds <= 0) return <span> · next attempt now</span>
  return (
    <span>{` · next attempt in ${seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}`}</span>
  )
}

function resultOf({ state, status, message, durationMs }: Attempt): string {
  const took = durationMs === null ? '' : ` after ${durationMs} ms`
  const slow = (durationMs ?? 0) > SLOW_MS ? ' – a slow receiver' : ''
  switch (state) {
    case 'started':
      return 'in progress'
    case 'succeeded':
      return `answered ${status}${took}${slow}`
    case 'unknown':
      return 'interrupted because the sandbox stopped; not counted'
    case 'ours':
      return 'not sent because this server’s network failed; not counted'
    default:
      return `${maskText(message ?? '') || 'failed'}${took}${slow}`
  }
}
