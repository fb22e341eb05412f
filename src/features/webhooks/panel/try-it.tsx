import { Button, Text } from '@mantine/core'
import { IconCircleCheckFilled } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { findAction } from '#contract/actions/actions.ts'
import type { Delivery } from '#contract/desk/sandbox.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { briefCause } from '#contract/words/last-error.ts'
import { useNotices } from '#ui/feedback/notices.tsx'

import classes from './try-it.module.css'
import { tryOnce } from './try-once.ts'

/** Fires the webhook's action in the sandbox, and shows the result. */
export function TryIt({ webhook }: { webhook: WebhookRow }) {
  const { sandbox, session } = useDesk()
  const { announce } = useNotices()
  const queryClient = useQueryClient()
  const trying = useMutation({
    mutationFn: () => tryOnce(webhook),
    onSuccess: (delivery) => announce(resultOf(delivery)),
    // the row and the panel show what the delivery changed
    onSettled: () => queryClient.invalidateQueries({ queryKey: webhookQueries.all() }),
  })
  const mayTry = sandbox && session.rights.kind === 'unrestricted'
  if (!mayTry || !findAction(webhook.Action)?.group || webhook.Active === null) return null
  if (!webhook.Active) {
    return (
      <Text size="sm" c="dimmed">
        Switch it on to try it in the sandbox.
      </Text>
    )
  }
  return (
    <div className={classes.box}>
      <Button
        size="compact-sm"
        variant="light"
        loading={trying.isPending}
        onClick={() => trying.mutate()}
      >
        Try it
      </Button>
      {trying.error && (
        <Text size="sm" role="alert">
          {explainFailure(trying.error)}
        </Text>
      )}
      {trying.data && <Result delivery={trying.data} />}
    </div>
  )
}

/** Shows the result of the delivery; a success stands out, because it is what the person wants. */
function Result({ delivery }: { delivery: Delivery }) {
  const isDelivered = delivery.state === 'delivered'
  return (
    <div className={classes.result} data-delivered={isDelivered || undefined}>
      {isDelivered && <IconCircleCheckFilled size={28} aria-hidden className={classes.tick} />}
      <p className={classes.words}>{resultOf(delivery)}</p>
      <Link {...paths.sandbox()}>See what arrived</Link>
    </div>
  )
}

function resultOf({ state, attempts }: Delivery): string {
  const last = attempts.at(-1)
  if (state === 'delivered') return `Delivered in ${last?.durationMs} ms, answered ${last?.status}.`
  if (!last || last.state === 'started') return 'Sent. No answer so far.'
  return `Failed: ${last.message ? briefCause(last.message) : last.failure}.`
}
