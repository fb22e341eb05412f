import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as z from 'zod/mini'

import { contactChangeSchema, type Contact } from '#contract/desk/contacts.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { Form } from '#ui/controls/form.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Card } from '#ui/page/card.tsx'

import { contactQueries, saveContact } from './contact-api.ts'

/** The person who can mend a receiver: administrators name them, everybody writes to them. */
export function ContactCard({ host }: { host: string }) {
  const { session } = useDesk()
  const isAdministrator = session.rights.kind === 'unrestricted'
  const { data, error } = useQuery(contactQueries.list())
  if (!data) {
    return error && <Text role="alert">{explainFailure(error)}</Text>
  }
  const contact = data.contacts.find((each) => each.host === host)
  if (!contact && !isAdministrator) return null
  return (
    <Card title="Who can mend the receiver">
      {contact && (
        <Text size="sm">
          <bdi>{contact.name}</bdi>,{' '}
          <Anchor href={`mailto:${encodeURIComponent(contact.address)}`} c="var(--desk-link)">
            <bdi>{contact.address}</bdi>
          </Anchor>
          . <span>Entered by</span> <bdi>{contact.by}</bdi>, <TimeAgo at={Date.parse(contact.at)} />
          .
        </Text>
      )}
      {isAdministrator && <ContactForm key={host} host={host} contact={contact} />}
    </Card>
  )
}

const NOBODY = { name: '', address: '' }

function ContactForm({ host, contact }: { host: string; contact: Contact | undefined }) {
  // what is typed stays, whatever is read meanwhile
  const [typed, setTyped] = useState({ ...NOBODY, ...contact })
  const [problems, setProblems] = useState<Partial<typeof NOBODY>>({})
  const queryClient = useQueryClient()
  const { announce, notify } = useNotices()
  const saving = useMutation({
    mutationFn: saveContact,
    onSuccess(now, { contact: person }) {
      queryClient.setQueryData(contactQueries.list().queryKey, now)
      if (!person) setTyped(NOBODY)
      announce(
        person ? 'Saved. It stands on the cards and in the mails about this host.' : 'Removed.',
      )
    },
    onError: (error) => notify({ text: `Not saved. ${explainFailure(error)}` }),
  })
  function save() {
    const person = { name: typed.name, address: typed.address.trim() }
    const { error } = z.safeParse(contactChangeSchema, { host, contact: person })
    const wrong = new Set(error?.issues.map(({ path }) => path.at(-1)))
    setProblems({
      ...(wrong.has('name') && { name: 'Enter a name of at most 100 characters' }),
      ...(wrong.has('address') && { address: 'Enter an e-mail address, like jo@example.com' }),
    })
    if (!error) saving.mutate({ host, contact: person })
  }
  const field = (name: keyof typeof NOBODY) => ({
    value: typed[name],
    error: problems[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setTyped((before) => ({ ...before, [name]: value }))
    },
  })
  return (
    <Form label="Who can mend the receiver" onSubmit={save}>
      <Stack gap="xs">
        <TextInput label="Name" autoComplete="off" {...field('name')} />
        <TextInput label="E-mail" type="email" autoComplete="off" {...field('address')} />
        <Group gap="xs">
          <Button type="submit" variant="default" loading={saving.isPending}>
            Save
          </Button>
          {contact && (
            <Button
              variant="default"
              disabled={saving.isPending}
              onClick={() => saving.mutate({ host, contact: null })}
            >
              Remove
            </Button>
          )}
        </Group>
      </Stack>
    </Form>
  )
}
