import { Radio, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { explainFailure } from '#fleet/failure-words.ts'
import { addPauses, pauseQueries } from '#fleet/pauses.ts'
import { EVENTS_WHILE_OFF } from '#texts/pause-words.ts'
import { Ask } from '#ui/feedback/ask.tsx'
import { currentTime } from '#ui/hooks/now.ts'

import { endOf, ENDS, inputTime, type End } from './pause-ends.ts'

type PauseUntilProps = {
  /** “Door codes”, or a number of webhooks. */
  what: string
  ids: readonly number[]
  confirmLabel: string
  /** Pauses them, once their end is noted. */
  onNoted: () => void
  onCancel: () => void
}

/** Asks until when webhooks stay off. The end is noted first, so that no pause is without it. */
export function PauseUntil({ what, ids, confirmLabel, onNoted, onCancel }: PauseUntilProps) {
  const [end, setEnd] = useState<End>('tomorrow')
  const [other, setOther] = useState(() => inputTime(new Date(currentTime() + 2 * 3_600_000)))
  const [reason, setReason] = useState('')
  const { data } = useQuery(pauseQueries.list())
  const queryClient = useQueryClient()
  const until = endOf(end, other, new Date(currentTime()))
  const noting = useMutation({
    mutationFn: (at: Date) => addPauses({ webhookIds: [...ids], until: at.toISOString(), reason }),
    onSuccess(now) {
      queryClient.setQueryData(pauseQueries.list().queryKey, now)
      onNoted()
    },
  })
  return (
    <Ask
      title={`Pause ${what} until …`}
      confirmLabel={confirmLabel}
      isBusy={noting.isPending}
      error={noting.error && `${explainFailure(noting.error)} Nothing was paused.`}
      onConfirm={() => until && noting.mutate(until)}
      onCancel={onCancel}
    >
      <Stack>
        <Radio.Group
          label="Resume"
          value={end}
          onChange={(value) => setEnd(ENDS.find((each) => each.value === value)?.value ?? end)}
        >
          <Stack gap="xs" mt="xs">
            {ENDS.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        {end === 'other' && (
          <TextInput
            type="datetime-local"
            label="At"
            required
            error={until === undefined && 'Choose a time that is not over yet.'}
            value={other}
            onChange={(event) => setOther(event.currentTarget.value)}
          />
        )}
        <TextInput
          label="Why? (optional)"
          value={reason}
          maxLength={500}
          autoComplete="off"
          dir="auto"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Text size="sm">{EVENTS_WHILE_OFF}</Text>
        {data?.canResume === false && (
          <Text size="sm" role="note">
            The watch’s account may not switch webhooks on: at the end the start page says so, and a
            mail to your verified address, if you have one.
          </Text>
        )}
        <Text size="sm" c="dimmed">
          Resumed only if nobody switches it meanwhile.
        </Text>
      </Stack>
    </Ask>
  )
}
