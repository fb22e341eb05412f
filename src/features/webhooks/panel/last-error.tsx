import { Button, Text } from '@mantine/core'

import { actionLabel } from '#contract/actions/actions.ts'
import { maskAddress, maskText } from '#contract/address/address.ts'
import { hasFiredSince, watchedSince } from '#contract/nexudus/health.ts'
import { timeOf } from '#contract/nexudus/time.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { locationNameOf } from '#fleet/fleet.ts'
import type { KnownHealth } from '#fleet/health-words.ts'
import { useFleet } from '#fleet/use-fleet.ts'
import { explainLastError, type Explanation, type Side } from '#contract/words/last-error.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { useCopy } from '#ui/feedback/copy.ts'
import { currentTime, useNow } from '#ui/hooks/now.ts'
import { byCount } from '#contract/words/plural.ts'
import { clockTime, dayTime } from '#ui/text/time.ts'

import classes from './last-error.module.css'

const SIDES: Record<Side, string> = {
  receiver: 'On the receiver’s side',
  address: 'In the URL',
  network: 'On the way there',
}

/**
 * The last error and what to do about it; an error that is over is folded, without instructions.
 */
export function LastError({ known }: { known: KnownHealth }) {
  const { webhook } = known
  const over = overWords(known, useNow())
  const explanation = explainLastError(webhook.LastError ?? '')

  return (
    <section aria-label="Last error" className={classes.box} data-old={over !== null || undefined}>
      {over === null ? (
        <>
          <Text size="sm" c="dimmed">
            {watchedSince(webhook, known.facts) && known.health === 'on-watch'
              ? 'Last error, from before it was switched on again:'
              : 'Last error:'}
          </Text>
          <Text size="sm" fw={600}>
            {causeOf(explanation)}
          </Text>
          <Orders explanation={explanation} />
          <Likewise webhook={webhook} />
          <Disclosure summary="Original message">
            <Raw webhook={webhook} />
          </Disclosure>
          <CopyForSupport webhook={webhook} />
        </>
      ) : (
        <Disclosure summary={over}>
          <Text size="sm">{causeOf(explanation)}</Text>
          <Raw webhook={webhook} />
          <CopyForSupport webhook={webhook} />
        </Disclosure>
      )}
    </section>
  )
}

/** The reason the error is over; `null` while it may still be the problem. */
function overWords({ webhook, facts, health, failures }: KnownHealth, now: number): string | null {
  const { readdressed } = facts
  if (readdressed && !hasFiredSince(readdressed, webhook, now)) {
    return `Earlier error, of the URL before ${clockTime(Date.parse(readdressed.at), now)}`
  }
  if (failures > 0 || health === 'on-watch') return null
  const firedAt = timeOf(webhook.LastTrigger)
  if (health === 'working' && firedAt !== null) {
    return `Earlier error, settled ${dayTime(firedAt, now)}`
  }
  return 'Earlier error; no failure is currently counted'
}

const causeOf = (explanation: Explanation | undefined) =>
  explanation?.cause ?? 'Hookdesk does not recognise this error.'

function Orders({ explanation }: { explanation: Explanation | undefined }) {
  return (
    <Text size="sm">
      {explanation
        ? `${SIDES[explanation.side]}. ${explanation.next}`
        : 'Copy it for support, or send the original message to the developer of the receiver.'}
    </Text>
  )
}

/** Counts webhooks with the same error: if there are some, this one is probably not the cause. */
function Likewise({ webhook }: { webhook: WebhookRow }) {
  const { rows } = useFleet()
  const host = rows.find((row) => row.webhook.Id === webhook.Id)?.host
  const likewise = rows.filter(
    (row) =>
      row.webhook.Id !== webhook.Id &&
      row.host === host &&
      row.webhook.LastError === webhook.LastError,
  ).length
  if (likewise === 0) return null
  return (
    <Text size="sm">
      {byCount(
        likewise,
        `1 other webhook to ${host} fails the same way.`,
        `${likewise} other webhooks to ${host} fail the same way.`,
      )}
    </Text>
  )
}

const Raw = ({ webhook }: { webhook: WebhookRow }) => (
  <pre className={classes.raw} lang="">
    {maskText(webhook.LastError ?? '')}
  </pre>
)

function CopyForSupport({ webhook }: { webhook: WebhookRow }) {
  const { locations } = useFleet()
  const copy = useCopy()

  function press() {
    const location = locationNameOf(locations, webhook.BusinessId)
    void copy(supportText(webhook, location), 'Copied for support. Keys in the URL are masked.')
  }

  return (
    <Button size="compact-sm" variant="default" onClick={press}>
      Copy for support
    </Button>
  )
}

const UNREAD = 'cannot be read'

function supportText(webhook: WebhookRow, location: string): string {
  return [
    `Webhook: ${webhook.Name} (id ${webhook.Id})`,
    `Location: ${location} (id ${webhook.BusinessId})`,
    `Action: ${actionLabel(webhook.Action)} (${webhook.Action})`,
    `URL: ${maskAddress(webhook.URL)}`,
    `Switched on: ${webhook.Active === null ? UNREAD : webhook.Active ? 'yes' : 'no'}`,
    `Failures counted: ${webhook.ErrorCount ?? UNREAD}`,
    `Last triggered (UTC): ${webhook.LastTrigger ?? 'not yet'}`,
    `Last saved (UTC): ${webhook.UpdatedOn ?? 'unknown'}${webhook.UpdatedBy ? ` by ${webhook.UpdatedBy}` : ''}`,
    `Last error: ${maskText(webhook.LastError ?? '')}`,
    `Copied (UTC): ${new Date(currentTime()).toISOString()}`,
  ].join('\n')
}
