import { Text } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { Suspense } from 'react'

import { timeOf } from '#contract/nexudus/time.ts'
import type { Webhook } from '#contract/nexudus/webhook.ts'
import { useDesk, useMay } from '#features/session/use-desk.ts'
import { knownAlone } from '#fleet/fleet.ts'
import { HealthBadge } from '#fleet/health-badge.tsx'
import { explainHealth, type KnownHealth } from '#fleet/health-words.ts'
import { useFleet } from '#fleet/use-fleet.ts'
import { paths } from '#paths'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { useNow } from '#ui/hooks/now.ts'

import classes from './edit-webhook-panel.module.css'
import { PauseEnd } from './pause-end.tsx'
import { PauseWeekly } from './pause-weekly.tsx'

// loaded on demand: most webhooks have no error, and most desks no sandbox
const ByItself = lazyPart(() => import('./by-itself.tsx'), 'ByItself')
const LastError = lazyPart(() => import('./last-error.tsx'), 'LastError')
const Repair = lazyPart(() => import('./repair.tsx'), 'Repair')
const TryIt = lazyPart(() => import('./try-it.tsx'), 'TryIt')

/** The state of the webhook in a sentence, its last error, and the person who saved it last. */
export function WebhookState({ webhook: opened }: { webhook: Webhook }) {
  const { sandbox, watches } = useDesk()
  const mayRepair = useMay('WebHook-Edit')
  const { rows, fleet } = useFleet()
  // the list contains the opened webhook too, and is read again and again
  const row = rows.find(({ webhook }) => webhook.Id === opened.Id)
  // a record does not tell everything, so it is used alone only if no list will arrive
  const known = row ?? (fleet.isPending ? undefined : knownAlone(opened))
  const webhook = row?.webhook ?? opened
  const wasCreated = useRouterState({ select: ({ location }) => location.state.justCreated })
  const triggeredAt = timeOf(webhook.LastTrigger)
  const updatedAt = timeOf(webhook.UpdatedOn)

  return (
    <div className={classes.state}>
      {wasCreated && (
        <Text size="sm" fw={600} role="status">
          Created. It is now in the list.
        </Text>
      )}
      {known && <Health known={known} />}
      {known?.health === 'paused' && <PauseEnd webhookId={webhook.Id} />}
      <PauseWeekly webhookId={webhook.Id} />
      <Suspense>
        {mayRepair && known?.health === 'stopped' && <Repair webhook={webhook} />}
        {mayRepair && watches && known && <ByItself webhookId={webhook.Id} health={known.health} />}
        {sandbox && <TryIt webhook={webhook} />}
        {known && webhook.LastError && <LastError known={known} />}
      </Suspense>
      <Text size="sm" c="dimmed" component="div">
        <span>Last triggered: </span>
        {triggeredAt === null ? <span>not yet</span> : <TimeAgo at={triggeredAt} />}
        {updatedAt !== null && (
          <span>
            {' · '}Last saved: <TimeAgo at={updatedAt} />
            {webhook.UpdatedBy && <span>{` by ${webhook.UpdatedBy}`}</span>}
          </span>
        )}
        <span>{` · Id ${webhook.Id}`}</span>
      </Text>
    </div>
  )
}

function Health({ known }: { known: KnownHealth }) {
  return (
    <>
      <HealthBadge state={known.health} failures={known.failures} />
      <Text size="sm">
        <span>{explainHealth(known, useNow())}</span>{' '}
        <Link {...paths.help()} hash="what-the-states-mean" className={classes.help}>
          What the states mean
        </Link>
      </Text>
    </>
  )
}
