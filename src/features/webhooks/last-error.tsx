import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'

import { actionLabel } from '#contract/actions.ts'
import { maskAddress, maskText } from '#contract/address.ts'
import { explainLastError, type Side } from '#contract/last-error.ts'
import type { Webhook } from '#contract/webhook.ts'
import { locationNameOf } from '#fleet/fleet.ts'
import { useFleet } from '#fleet/use-fleet.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { Disclosure } from '#ui/disclosure.tsx'
import { useNotices } from '#ui/notices.tsx'
import { exactTime } from '#ui/time.ts'

import classes from './last-error.module.css'

const SIDES: Record<Side, string> = {
  receiver: 'On the receiver’s side',
  address: 'In the address',
  network: 'On the way there',
}

/** What the last error means and who can do something about it; its own words one step away. */
export function LastError({ webhook }: { webhook: Webhook }) {
  const { rows, locations } = useFleet()
  const { notify } = useNotices()
  const text = webhook.LastError ?? ''
  const { data: changedAt } = useQuery({
    ...webhookQueries.addressChangedAt(webhook.Id),
    enabled: text !== '',
  })
  if (text === '') return null

  const explanation = explainLastError(text)
  const earlier = earlierAddress(webhook, changedAt ?? null)
  const host = rows.find((row) => row.webhook.Id === webhook.Id)?.host
  const likewise = rows.filter(
    (row) => row.webhook.Id !== webhook.Id && row.host === host && row.webhook.LastError === text,
  ).length

  async function copy() {
    const location = locationNameOf(locations, webhook.BusinessId)
    try {
      await navigator.clipboard.writeText(supportText(webhook, location))
      notify({ text: 'Copied for support. Keys in the address are masked.' })
    } catch {
      notify({ text: 'The browser did not let us copy.' })
    }
  }

  return (
    <section
      aria-label="Last error"
      className={classes.box}
      data-old={earlier !== null || webhook.ErrorCount === 0 || undefined}
    >
      <Text size="sm" c="dimmed">
        Last error:
      </Text>
      {earlier !== null && (
        <Text size="sm" fw={600}>
          From the earlier address, before {exactTime(earlier)}.
        </Text>
      )}
      {earlier === null && webhook.ErrorCount === 0 && (
        <Text size="sm" c="dimmed">
          No failure is counted at this moment.
        </Text>
      )}
      <Text size="sm" fw={600}>
        {explanation ? explanation.cause : 'We do not recognise this error.'}
      </Text>
      <Text size="sm">
        {explanation ? (
          <>
            {SIDES[explanation.side]}. {explanation.next}
          </>
        ) : (
          'Copy it for support, or send the words below to the developer of the receiver.'
        )}
      </Text>
      {likewise > 0 && (
        <Text size="sm">
          {likewise === 1
            ? `1 other webhook to ${host} fails the same way.`
            : `${likewise} other webhooks to ${host} fail the same way.`}
        </Text>
      )}
      <Disclosure summary="In its own words">
        <pre className={classes.raw} lang="">
          {maskText(text)}
        </pre>
      </Disclosure>
      <Button size="compact-sm" variant="default" onClick={() => void copy()}>
        Copy for support
      </Button>
    </section>
  )
}

/**
 * When the address was changed, if the error is from before that. `LastTrigger` is the nearest
 * thing to a time that an error has.
 */
function earlierAddress({ LastTrigger }: Webhook, changedAt: string | null): number | null {
  const changed = changedAt === null ? NaN : Date.parse(changedAt)
  const triggered = LastTrigger === null ? NaN : Date.parse(LastTrigger)
  return changed > triggered ? changed : null
}

function supportText(webhook: Webhook, location: string): string {
  return [
    `Webhook: ${webhook.Name} (id ${webhook.Id})`,
    `Location: ${location} (id ${webhook.BusinessId})`,
    `Action: ${actionLabel(webhook.Action)} (${webhook.Action})`,
    `Address: ${maskAddress(webhook.URL)}`,
    `Switched on: ${webhook.Active ? 'yes' : 'no'}`,
    `Failures counted: ${webhook.ErrorCount}`,
    `Last triggered (UTC): ${webhook.LastTrigger ?? 'not yet'}`,
    `Last saved (UTC): ${webhook.UpdatedOn ?? 'unknown'}${webhook.UpdatedBy ? ` by ${webhook.UpdatedBy}` : ''}`,
    `Last error: ${maskText(webhook.LastError ?? '')}`,
    `Copied (UTC): ${new Date().toISOString()}`,
  ].join('\n')
}
