import { Alert, Button, Group, NativeSelect, Skeleton, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { CHANNEL_KINDS, type Channel, type NewChannel } from '#contract/desk/channels.ts'
import { plural } from '#contract/words/plural.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { paths } from '#paths'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { Form } from '#ui/controls/form.tsx'
import { useCopy } from '#ui/feedback/copy.ts'
import { Mark } from '#ui/feedback/mark.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Card } from '#ui/page/card.tsx'

import { LocationTicks } from './location-ticks.tsx'
import {
  addChannel,
  changeChannel,
  removeChannel,
  settingsQueries,
  testChannel,
} from './settings-api.ts'
import classes from './settings.module.css'
import { StepSelect } from './step-select.tsx'
import { wrongField } from './wrong-field.ts'
import { ownZone, ZoneField } from '#ui/controls/zone-field.tsx'

const KIND_LABELS: { readonly [Kind in Channel['kind']]: string } = {
  slack: 'Slack, or a chat that understands its format',
  discord: 'Discord',
  teams: 'Microsoft Teams (Workflows)',
  'google-chat': 'Google Chat',
  webhook: 'A program of yours (signed webhook)',
}

const KIND_OPTIONS = CHANNEL_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))

const { queryKey } = settingsQueries.channels()

/** Chats and programs that are told, besides people's mail. */
export function ChannelsCard() {
  const { data, error } = useQuery(settingsQueries.channels())
  const [secret, setSecret] = useState<string>()
  const [added, setAdded] = useState(0)
  function onAdded(made: string | undefined) {
    // the secret of the one before stays until the page is left
    if (made !== undefined) setSecret(made)
    setAdded((before) => before + 1)
  }
  return (
    <Card title="Channels">
      <p className={classes.text}>
        Chats and programs that are told of the same things as people. A URL is a secret: it is
        stored sealed, and nobody gets to see it again.
      </p>
      {error && !data && (
        <Alert color="orange" variant="light" role="alert">
          {explainFailure(error)}
        </Alert>
      )}
      {!data && !error && <Skeleton height={60} aria-label="Loading the channels" />}
      {data && data.channels.length > 0 && (
        <ul className={classes.rows} aria-label="Channels">
          {data.channels.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
      {secret !== undefined && <Secret secret={secret} />}
      {data && (
        <Disclosure key={added} summary="Add a channel">
          {() => <AddForm onAdded={onAdded} />}
        </Disclosure>
      )}
    </Card>
  )
}

function Secret({ secret }: { secret: string }) {
  const copy = useCopy()
  return (
    <Alert color="indigo" variant="light" title="Keep this secret: it is shown once">
      <p className={classes.text}>
        Your program checks with it that an event is from Hookdesk (Standard Webhooks, v1).{' '}
        <Link {...paths.events()} target="_blank" className={classes.docs}>
          What it is sent (in a new tab)
        </Link>
      </p>
      <p className={classes.text}>
        <code>{secret}</code>
      </p>
      <Button variant="default" onClick={() => void copy(secret, 'Copied the secret.')}>
        Copy the secret
      </Button>
    </Alert>
  )
}

function ChannelRow({ channel }: { channel: Channel }) {
  const { id, name, kind, hint, setBy, setAt, waiting } = channel
  const queryClient = useQueryClient()
  const { announce, notify } = useNotices()
  const testing = useMutation({
    mutationFn: () => testChannel(id),
    onSuccess(now) {
      queryClient.setQueryData(queryKey, now)
      announce(`A test was sent to ${name}.`)
    },
    async onError(error) {
      await queryClient.invalidateQueries({ queryKey })
      notify({ text: explainFailure(error) })
    },
  })
  const removing = useMutation({
    mutationFn: () => removeChannel(id),
    onSuccess(now) {
      queryClient.setQueryData(queryKey, now)
      announce(`The channel ${name} is removed.`)
    },
    onError: (error) => notify({ text: explainFailure(error) }),
  })
  return (
    <li className={classes.row}>
      <strong>
        <bdi>{name}</bdi>
      </strong>
      <span>{KIND_LABELS[kind]}</span>
      <span className={classes.problem}>
        <code>{hint}</code>, <span>set by</span> <bdi>{setBy}</bdi>,{' '}
        <TimeAgo at={Date.parse(setAt)} />
      </span>
      <span className={classes.problem}>
        <LastMessage channel={channel} />
        {waiting > 0 && <span>{` ${plural(waiting, 'message')} waiting`}</span>}
      </span>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Send a test to ${name}`}
          loading={testing.isPending}
          onClick={() => testing.mutate()}
        >
          Send a test
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Remove the channel ${name}`}
          loading={removing.isPending}
          onClick={() => removing.mutate()}
        >
          Remove
        </Button>
      </Group>
      <Disclosure summary="Change" className={classes.problem}>
        {() => <ChangeForm channel={channel} />}
      </Disclosure>
    </li>
  )
}

function LastMessage({ channel: { problem, lastSentAt } }: { channel: Channel }) {
  if (problem !== null) return <Mark look="bad">{`The last message failed: ${problem}`}</Mark>
  if (lastSentAt === null) return <span>Nothing was sent yet.</span>
  return (
    <span>
      <span>The last message arrived</span> <TimeAgo at={Date.parse(lastSentAt)} />
    </span>
  )
}

type Wishes = Pick<NewChannel, 'name' | 'locations' | 'firstStep' | 'zone'>

function AddForm({ onAdded }: { onAdded: (secret: string | undefined) => void }) {
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const [kind, setKind] = useState<Channel['kind']>('slack')
  const [url, setUrl] = useState('')
  const [wishes, setWishes] = useState<Wishes>(() => ({
    name: '',
    locations: null,
    firstStep: 'quiet',
    zone: ownZone(),
  }))
  const adding = useMutation({
    mutationFn: () => addChannel({ ...wishes, kind, url }),
    onSuccess({ secret, ...now }) {
      queryClient.setQueryData(queryKey, now)
      onAdded(secret)
      announce('Added. Send a test to see whether it works.')
    },
  })
  const wrong = wrongField(adding.error)
  return (
    <Form label="Add a channel" onSubmit={() => adding.mutate()}>
      <Stack>
        <NativeSelect
          label="Kind"
          data={KIND_OPTIONS}
          value={kind}
          onChange={({ currentTarget: { value } }) => {
            const chosen = CHANNEL_KINDS.find((each) => each === value)
            if (chosen) setKind(chosen)
          }}
        />
        <TextInput
          label="URL"
          description="Of the incoming webhook, as the chat gives it."
          error={wrong === 'url' && adding.error && explainFailure(adding.error)}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          required
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <WishFields wishes={wishes} wrong={wrong} onChange={setWishes} />
        {adding.error && wrong === undefined && (
          <Alert color="red" variant="light" role="alert">
            {explainFailure(adding.error)}
          </Alert>
        )}
        <div>
          <Button type="submit" loading={adding.isPending}>
            Add the channel
          </Button>
        </div>
      </Stack>
    </Form>
  )
}

function ChangeForm({ channel }: { channel: Channel }) {
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const [wishes, setWishes] = useState<Wishes>(() => ({
    name: channel.name,
    locations: channel.locations,
    firstStep: channel.firstStep,
    zone: channel.zone,
  }))
  const saving = useMutation({
    mutationFn: () => changeChannel(channel.id, wishes),
    onSuccess(now) {
      queryClient.setQueryData(queryKey, now)
      announce('Saved.')
    },
  })
  const wrong = wrongField(saving.error)
  return (
    <Form label={`Change ${channel.name}`} onSubmit={() => saving.mutate()}>
      <Stack>
        <WishFields wishes={wishes} wrong={wrong} onChange={setWishes} />
        {saving.error && wrong === undefined && (
          <Alert color="red" variant="light" role="alert">
            {explainFailure(saving.error)}
          </Alert>
        )}
        <div>
          <Button type="submit" loading={saving.isPending}>
            Save
          </Button>
        </div>
      </Stack>
    </Form>
  )
}

type WishFieldsProps = {
  wishes: Wishes
  wrong: string | undefined
  onChange: (change: (before: Wishes) => Wishes) => void
}

function WishFields({ wishes, wrong, onChange }: WishFieldsProps) {
  const change = (part: Partial<Wishes>) => onChange((before) => ({ ...before, ...part }))
  return (
    <>
      <TextInput
        label="Name"
        description="As people know the channel."
        error={wrong === 'name' && 'Enter a name of at most 100 characters.'}
        required
        autoComplete="off"
        value={wishes.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <StepSelect
        label="Tell it from"
        value={wishes.firstStep}
        onChange={(firstStep) => change({ firstStep })}
      />
      <ZoneField
        description="Messages give times in this zone."
        value={wishes.zone}
        isWrong={wrong === 'zone'}
        onChange={(zone) => change({ zone })}
      />
      <LocationTicks chosen={wishes.locations} onChange={(locations) => change({ locations })} />
    </>
  )
}
