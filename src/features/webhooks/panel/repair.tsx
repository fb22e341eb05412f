import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'

import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { useSetWebhookActive } from '#features/webhooks/webhook-mutations.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { probe } from '#fleet/probe-api.ts'
import { Verdict } from '#fleet/verdict.tsx'
import { shortVerdict } from '#texts/probe-words.ts'
import { useNotices } from '#ui/feedback/notices.tsx'

import classes from './edit-webhook-panel.module.css'

/**
 * Repairs a stopped webhook: asks whether its URL answers, and switches it on if so. One that does
 * not answer is switched on only if the person insists.
 */
export function Repair({ webhook }: { webhook: WebhookRow }) {
  const { notify } = useNotices()
  const switching = useSetWebhookActive()
  const switchOn = () =>
    switching.mutate(
      { id: webhook.Id, was: webhook.Active, active: true },
      {
        onSuccess: () =>
          notify({ text: `“${webhook.Name}” is switched on. It waits for the next event.` }),
      },
    )
  const checking = useMutation({
    mutationFn: () => probe({ target: { kind: 'webhook', id: webhook.Id } }),
    onSuccess(report) {
      if (shortVerdict(report).level === 'good') switchOn()
    },
  })
  const verdict = checking.data && shortVerdict(checking.data)
  const isRefused = verdict !== undefined && verdict.level !== 'good'
  const error = checking.error ?? switching.error

  return (
    <section aria-label="Repair" className={classes.repair}>
      <Group gap="xs">
        {isRefused && <Button onClick={focusUrl}>Replace the URL</Button>}
        <Button
          loading={checking.isPending || switching.isPending}
          variant={isRefused ? 'default' : 'filled'}
          onClick={() => checking.mutate()}
        >
          {isRefused ? 'Check again' : 'Check and switch on'}
        </Button>
        {isRefused && (
          <Button variant="default" loading={switching.isPending} onClick={switchOn}>
            Switch on all the same
          </Button>
        )}
      </Group>
      <div role="status">
        {verdict && (
          <Text size="sm" component="div">
            <Verdict level={verdict.level}>{verdict.text}</Verdict>
          </Text>
        )}
        {isRefused && (
          <Text size="sm">
            It was not switched on. Checked from this server; Nexudus may see something else.
          </Text>
        )}
      </div>
      {error && (
        <Text size="sm" role="alert">
          {explainFailure(error)}
        </Text>
      )}
    </section>
  )
}

/** The field stands in the form below, which is not there on another tab. */
function focusUrl() {
  document.querySelector<HTMLElement>('form [name="URL"]')?.focus()
}
