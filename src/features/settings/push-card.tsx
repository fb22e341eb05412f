import { Alert, Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type { Push } from '#contract/desk/push.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Card } from '#ui/page/card.tsx'

import {
  NotAllowed,
  NotSubscribed,
  ownHash,
  pushBar,
  subscribe,
  unsubscribe,
  type PushBar,
} from './push-browser.ts'
import { addBrowser, removeBrowser, settingsQueries, testBrowser } from './settings-api.ts'
import classes from './settings.module.css'

const { queryKey } = settingsQueries.push()
const ownQuery = { queryKey: [...queryKey, 'own'], queryFn: () => ownHash().catch(() => null) }

const BARS: { readonly [Bar in PushBar]: string } = {
  insecure: 'Browsers show notifications only of pages that are reached by https.',
  unsupported: 'This browser cannot show notifications of a page.',
  blocked: 'Notifications of this page are blocked in the settings of your browser.',
}

/** Notices as notifications of the browsers that a person works at. */
export function PushCard() {
  const { data } = useQuery(settingsQueries.push())
  const { data: own } = useQuery(ownQuery)
  if (!data || own === undefined) return null
  const isHere = data.browsers.some(({ endpointHash }) => endpointHash === own)
  return (
    <Card title="In your browser">
      <p className={classes.text}>
        Notifications of this browser, also while no page of Hookdesk is open and while you are
        signed out. They follow the steps, locations and quiet hours above.
      </p>
      {data.browsers.length > 0 && (
        <ul className={classes.rows} aria-label="Browsers that are told">
          {data.browsers.map((browser) => (
            <Browser key={browser.id} browser={browser} isThis={browser.endpointHash === own} />
          ))}
        </ul>
      )}
      {!isHere && <TurnOn applicationKey={data.key} />}
    </Card>
  )
}

function TurnOn({ applicationKey }: { applicationKey: string }) {
  const bar = pushBar()
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const turningOn = useMutation({
    mutationFn: async () => addBrowser(await subscribe(applicationKey)),
    async onSuccess(now) {
      await queryClient.invalidateQueries({ queryKey: ownQuery.queryKey, exact: true })
      queryClient.setQueryData(queryKey, now)
      announce('On in this browser.')
    },
    // nobody would send to it
    onError: () => unsubscribe().catch(() => {}),
  })
  if (bar) return <p className={classes.text}>{BARS[bar]}</p>
  return (
    <>
      {turningOn.error && (
        <Alert color="orange" variant="light" role="alert">
          {problemOf(turningOn.error)}
        </Alert>
      )}
      <Group>
        <Button variant="default" loading={turningOn.isPending} onClick={() => turningOn.mutate()}>
          Turn on in this browser
        </Button>
      </Group>
    </>
  )
}

function problemOf(error: Error): string {
  if (error instanceof NotAllowed) return 'Your browser was not allowed to show notifications.'
  if (error instanceof NotSubscribed) {
    return 'Your browser could not reach its push service. Some browsers have none.'
  }
  return explainFailure(error)
}

type BrowserProps = { browser: Push['browsers'][number]; isThis: boolean }

function Browser({ browser, isThis }: BrowserProps) {
  const { id, name, addedAt, lastSentAt, problem } = browser
  const queryClient = useQueryClient()
  const { announce, notify } = useNotices()
  const settle = (now: Push) => queryClient.setQueryData(queryKey, now)
  const onError = (error: Error) => {
    notify({ text: explainFailure(error) })
    void queryClient.invalidateQueries({ queryKey })
  }
  const testing = useMutation({
    mutationFn: () => testBrowser(id),
    onSuccess(now) {
      settle(now)
      announce('A test was sent.')
    },
    onError,
  })
  const removing = useMutation({
    mutationFn: async () => {
      const now = await removeBrowser(id)
      if (isThis) await unsubscribe()
      return now
    },
    async onSuccess(now) {
      settle(now)
      await queryClient.invalidateQueries({ queryKey: ownQuery.queryKey, exact: true })
      announce('This browser is told nothing more.')
    },
    onError,
  })
  const label = isThis ? `${name} (this one)` : name
  return (
    <li className={`${classes.row} ${classes.apart}`}>
      <div>
        <bdi>{label}</bdi>
        <div className={classes.text}>
          <span>added</span> <TimeAgo at={Date.parse(addedAt)} />
          {lastSentAt !== null && (
            <span>
              , <span>last told</span> <TimeAgo at={Date.parse(lastSentAt)} />
            </span>
          )}
        </div>
        {problem !== null && <div role="note">{`The last try failed: ${problem}`}</div>}
      </div>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Test ${label}`}
          loading={testing.isPending}
          onClick={() => testing.mutate()}
        >
          Test
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Remove ${label}`}
          loading={removing.isPending}
          onClick={() => removing.mutate()}
        >
          Remove
        </Button>
      </Group>
    </li>
  )
}
