import { Button, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { findAction } from '#contract/actions.ts'
import { maskText } from '#contract/address.ts'
import type { Delivery } from '#contract/sandbox.ts'
import type { Webhook } from '#contract/webhook.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { useNotices } from '#ui/notices.tsx'

import classes from './try-it.module.css'

/** Makes the webhook's event happen in the sandbox, and says what became of it. */
export function TryIt({ webhook }: { webhook: Webhook }) {
  const { sandbox, session } = useDesk()
  const { announce } = useNotices()
  const queryClient = useQueryClient()
  const trying = useMutation({
    // most who open a webhook do not try it
    mutationFn: async () => (await import('./try-once.ts')).tryOnce(webhook),
    onSuccess: (delivery) => announce(resultOf(delivery)),
    // the row and the panel show what the delivery moved
    onSettled: () => queryClient.invalidateQueries({ queryKey: webhookQueries.all() }),
  })
  const mayTry = sandbox && session.rights.kind === 'unrestricted'
  if (!mayTry || !findAction(webhook.Action)?.group) return null
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
      {trying.data && (
        <Text size="sm">
          {resultOf(trying.data)} <Link to={paths.sandbox}>See what arrived</Link>
        </Text>
      )}
    </div>
  )
}

function resultOf({ state, attempts }: Delivery): string {
  const last = attempts.at(-1)
  if (state === 'delivered') return `Delivered in ${last?.durationMs} ms, answered ${last?.status}.`
  if (!last || last.state === 'started') return 'Sent. Nothing was answered so far.'
  return `It failed: ${maskText(last.message ?? '') || last.failure}`
}
