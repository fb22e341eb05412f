import { Alert, Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Feeds } from '#contract/desk/feeds.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { useCopy } from '#ui/feedback/copy.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Card } from '#ui/page/card.tsx'

import { makeFeeds, revokeFeeds, settingsQueries } from './settings-api.ts'
import classes from './settings.module.css'

const { queryKey } = settingsQueries.feeds()

/** One's private addresses for a feed reader and a calendar. */
export function FeedsCard() {
  const { data } = useQuery(settingsQueries.feeds())
  const [addresses, setAddresses] = useState<Feeds['addresses']>()
  const queryClient = useQueryClient()
  const { announce, notify } = useNotices()
  const onError = (error: Error) => notify({ text: explainFailure(error) })
  const making = useMutation({
    mutationFn: makeFeeds,
    onSuccess({ addresses: made, ...now }) {
      queryClient.setQueryData(queryKey, now)
      setAddresses(made)
      announce('Made. Copy the addresses now: they are shown once.')
    },
    onError,
  })
  const revoking = useMutation({
    mutationFn: revokeFeeds,
    onSuccess(now) {
      queryClient.setQueryData(queryKey, now)
      setAddresses(undefined)
      announce('Revoked. The addresses lead nowhere now.')
    },
    onError,
  })
  if (!data) return null
  const { madeAt, usedAt } = data
  return (
    <Card title="Feed and calendar">
      <p className={classes.text}>
        An Atom feed of what needs attention, and a calendar of what is paused until when, for
        programs that cannot sign in. Their addresses are private: whoever has one can read it.
      </p>
      {addresses && <Addresses addresses={addresses} />}
      {madeAt !== null && (
        <p className={classes.text}>
          <span>Made</span> <TimeAgo at={Date.parse(madeAt)} />
          {usedAt !== null && (
            <span>
              , <span>last read</span> <TimeAgo at={Date.parse(usedAt)} />
            </span>
          )}
        </p>
      )}
      <Group gap="xs">
        <Button variant="default" loading={making.isPending} onClick={() => making.mutate()}>
          {madeAt === null ? 'Make the addresses' : 'Make new addresses'}
        </Button>
        {madeAt !== null && (
          <Button variant="default" loading={revoking.isPending} onClick={() => revoking.mutate()}>
            Revoke
          </Button>
        )}
      </Group>
    </Card>
  )
}

function Addresses({ addresses: { atom, ical } }: { addresses: NonNullable<Feeds['addresses']> }) {
  return (
    <Alert color="indigo" variant="light" title="Copy these now: they are shown once">
      <dl className={classes.addresses}>
        <Address label="Feed of incidents" name="the feed" address={atom} />
        <Address label="Calendar of pauses" name="the calendar" address={ical} />
      </dl>
    </Alert>
  )
}

type AddressProps = { label: string; name: string; address: string }

function Address({ label, name, address }: AddressProps) {
  const copy = useCopy()
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <code>{address}</code>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void copy(address, `Copied the address of ${name}.`)}
        >
          Copy {name}
        </Button>
      </dd>
    </>
  )
}
