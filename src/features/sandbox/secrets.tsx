import { Button, PasswordInput, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { ApiError } from '#api/failure.ts'
import type { SandboxSettings } from '#contract/desk/sandbox.ts'
import { textOf } from '#texts/failure-texts.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { Card } from '#ui/page/card.tsx'

import { setSecret } from './sandbox-api.ts'
import classes from './sandbox-page.module.css'
import { sandboxQueries } from './sandbox-queries.ts'

/** The shared secrets of the locations; the sandbox signs deliveries of locations that have one. */
export function Secrets() {
  const { data: settings } = useQuery(sandboxQueries.settings())
  const signing =
    settings?.locations.filter(({ sharedSecret }) => sharedSecret !== null).length ?? 0
  return (
    <Card title="Shared secrets">
      <Text size="sm" c="dimmed">
        In Nexudus they are under Settings, Integrations, Webhooks, one for each location. Leave one
        empty to send unsigned.
      </Text>
      <Disclosure summary={`${signing} locations sign`}>
        <ul className={classes.rows}>
          {settings?.locations.map((location) => (
            <Secret key={location.id} location={location} />
          ))}
        </ul>
      </Disclosure>
    </Card>
  )
}

function Secret({ location }: { location: SandboxSettings['locations'][number] }) {
  const queryClient = useQueryClient()
  const { notify } = useNotices()
  const stored = location.sharedSecret ?? ''
  const [typed, setTyped] = useState(stored)
  const save = useMutation({
    mutationFn: () => setSecret(location.id, typed === '' ? null : typed),
    onSuccess: (now) => {
      queryClient.setQueryData(sandboxQueries.settings().queryKey, now)
      notify({
        text:
          typed === ''
            ? `${location.name} no longer signs.`
            : `${location.name} now signs with it.`,
      })
    },
  })
  return (
    <li className={classes.row}>
      <PasswordInput
        size="xs"
        label={location.name}
        className={classes.rowName}
        autoComplete="off"
        value={typed}
        error={save.error instanceof ApiError ? textOf(save.error) : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {typed !== stored && (
        <Button
          size="xs"
          variant="default"
          aria-label={`Save the secret of ${location.name}`}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          Save
        </Button>
      )}
    </li>
  )
}
