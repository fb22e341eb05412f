import { Button, Group, Switch, Text } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { ApiError } from '#api/failure.ts'
import { ActionPicker } from '#pickers/action-picker.tsx'
import { LocationPicker } from '#pickers/location-picker.tsx'
import { textOf } from '#texts/failure-texts.ts'
import { Form } from '#ui/controls/form.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { Card } from '#ui/page/card.tsx'
import { byCount } from '#contract/words/plural.ts'

import { changeSettings, raiseEvent } from './sandbox-api.ts'
import classes from './sandbox-page.module.css'
import { sandboxQueries } from './sandbox-queries.ts'

/** Fires an action, once or repeatedly. */
export function Trigger() {
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const { data: settings, isError } = useQuery(sandboxQueries.settings())
  const [BusinessId, setBusinessId] = useState(0)
  const [Action, setAction] = useState(0)
  const raise = useMutation({
    mutationFn: raiseEvent,
    onSuccess: ({ Deliveries }) => {
      announce(sentTo(Deliveries.length))
      return queryClient.invalidateQueries({ queryKey: sandboxQueries.deliveries().queryKey })
    },
  })
  const change = useMutation({
    mutationFn: changeSettings,
    onSuccess: (now) => queryClient.setQueryData(sandboxQueries.settings().queryKey, now),
  })
  const locations = settings?.locations ?? (isError ? [] : undefined)
  const missing = BusinessId === 0 ? 'Choose a location' : Action === 0 ? 'Choose an action' : null
  const [isTold, setIsTold] = useState(false)

  return (
    <Card id="trigger" title="Trigger an event">
      <Form
        className={classes.form}
        onSubmit={() => {
          setIsTold(missing !== null)
          if (missing === null) raise.mutate({ BusinessId, Action })
        }}
      >
        <LocationPicker
          id="trigger-location"
          value={BusinessId}
          chosen={locations?.find(({ id }) => id === BusinessId)?.name ?? ''}
          choices={locations}
          required
          error={isTold && BusinessId === 0 ? 'Choose a location' : undefined}
          onChange={setBusinessId}
        />
        <ActionPicker
          id="trigger-action"
          value={Action}
          used={[]}
          required
          error={isTold && Action === 0 ? 'Choose an action' : undefined}
          onChange={setAction}
        />
        <Group>
          <Button
            type="submit"
            leftSection={<IconBolt size={16} aria-hidden />}
            loading={raise.isPending}
          >
            Trigger
          </Button>
          {raise.data && !raise.isPending && (
            <Text size="sm">{sentTo(raise.data.Deliveries.length)}</Text>
          )}
        </Group>
        {raise.error && (
          <Text size="sm" role="alert">
            {raise.error instanceof ApiError ? textOf(raise.error) : 'This did not work.'}
          </Text>
        )}
      </Form>
      <Switch
        label="Run a day"
        description="Events happen at all locations automatically, a day in eight minutes."
        checked={settings?.ticker ?? false}
        disabled={!settings}
        onChange={(event) => change.mutate({ ticker: event.currentTarget.checked })}
      />
      <Switch
        label="Short retries"
        description="Failed deliveries are retried after seconds. When this is off, the waits grow from 5 seconds to 8 hours; Nexudus does not document its own."
        checked={settings?.shortRetries ?? false}
        disabled={!settings}
        onChange={(event) => change.mutate({ shortRetries: event.currentTarget.checked })}
      />
    </Card>
  )
}

function sentTo(count: number): string {
  if (count === 0) return 'Triggered. No active webhook listens to it there.'
  return byCount(count, 'Triggered, for 1 webhook.', `Triggered, for ${count} webhooks.`)
}
