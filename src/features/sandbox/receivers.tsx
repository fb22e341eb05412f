import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { RECEIVER_ANSWERS, type ReceiverAnswer } from '#contract/desk/receiver-answers.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { Form } from '#ui/controls/form.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { Card } from '#ui/page/card.tsx'

import { tellReceiver } from './sandbox-api.ts'
import classes from './sandbox-page.module.css'
import { sandboxQueries } from './sandbox-queries.ts'

// Object.entries widens the type of the keys
const ANSWERS = Object.entries(RECEIVER_ANSWERS) as [ReceiverAnswer, string][]
const OPTIONS = ANSWERS.map(([value, label]) => ({ value, label }))

/** Settings for the answers of the built-in receivers. */
export function Receivers() {
  const queryClient = useQueryClient()
  const { sandbox } = useDesk()
  const { announce } = useNotices()
  const { data: receivers = [] } = useQuery(sandboxQueries.receivers())
  const [name, setName] = useState('')
  const tell = useMutation({
    mutationFn: ({ receiver, answer }: { receiver: string; answer: ReceiverAnswer }) =>
      tellReceiver(receiver, answer),
    onSuccess: (now, { receiver, answer }) => {
      queryClient.setQueryData(sandboxQueries.receivers().queryKey, now.receivers)
      announce(`${receiver} answers ${RECEIVER_ANSWERS[answer]}`)
    },
  })

  return (
    <Card title="Receivers">
      <Text size="sm" c="dimmed">
        Every URL below {sandbox?.url}/receiver/ is a receiver. Choose how each one answers.
      </Text>
      <ul className={classes.rows}>
        {receivers.map((receiver) => (
          <li key={receiver.name} className={classes.row}>
            <label className={classes.rowName} htmlFor={`receiver-${receiver.name}`}>
              {receiver.name}
            </label>
            <NativeSelect
              id={`receiver-${receiver.name}`}
              size="xs"
              data={OPTIONS}
              value={receiver.answer}
              onChange={(event) =>
                tell.mutate({
                  receiver: receiver.name,
                  // the options are the only possible values
                  answer: event.currentTarget.value as ReceiverAnswer,
                })
              }
            />
          </li>
        ))}
      </ul>
      <Form
        onSubmit={() => {
          const receiver = name.trim()
          if (receiver === '') return
          tell.mutate({ receiver, answer: '500' })
          setName('')
        }}
      >
        <Group align="end" gap="xs">
          <TextInput
            size="xs"
            label="New receiver that fails"
            placeholder="my-receiver"
            value={name}
            onChange={(event) => setName(event.currentTarget.value.replace(/[^\w-]/g, ''))}
          />
          <Button type="submit" size="xs" variant="default">
            Add
          </Button>
        </Group>
      </Form>
    </Card>
  )
}
