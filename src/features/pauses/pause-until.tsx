import { Radio, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { MAX_WINDOW_WEBHOOKS } from '#contract/desk/pauses.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { addPauses, addWindow, pauseQueries } from '#fleet/pauses.ts'
import { hoursText } from './window-words.ts'
import { EVENTS_WHILE_OFF } from '#texts/pause-words.ts'
import { ownZone } from '#ui/controls/zone-field.tsx'
import { Ask } from '#ui/feedback/ask.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { currentTime } from '#ui/hooks/now.ts'

import { endOf, ENDS, inputTime, type End } from './pause-ends.ts'
import { WeeklyHours, type Hours } from './weekly-hours.tsx'

type PauseUntilProps = {
  /** “Door codes”, or a number of webhooks. */
  what: string
  ids: readonly number[]
  confirmLabel: string
  /** Pauses them, once their end is noted. */
  onNoted: () => void
  onCancel: () => void
}

const NIGHTS: Omit<Hours, 'zone'> = { days: [1, 2, 3, 4, 5], from: '22:00', until: '06:00' }

/** Asks until when webhooks stay off. The end is noted first, so that no pause is without it. */
export function PauseUntil({ what, ids, confirmLabel, onNoted, onCancel }: PauseUntilProps) {
  const [end, setEnd] = useState<End>('tomorrow')
  const [other, setOther] = useState(() => inputTime(new Date(currentTime() + 2 * 3_600_000)))
  const [hours, setHours] = useState<Hours>(() => ({ ...NIGHTS, zone: ownZone() }))
  const [reason, setReason] = useState('')
  const { notify } = useNotices()
  const isWeekly = end === 'weekly'
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
  const planning = useMutation({
    mutationFn: () => addWindow({ webhookIds: [...ids], ...hours, reason }),
    onSuccess(now) {
      queryClient.setQueryData(pauseQueries.list().queryKey, now)
      onCancel()
      notify({ text: `Planned: ${hoursText(hours)}. You can end it on the start page.` })
    },
  })
  const { error } = isWeekly ? planning : noting
  const isWhole = hours.days.length > 0 && hours.from !== '' && hours.until !== ''
  const mayPlan = isWhole && ids.length <= MAX_WINDOW_WEBHOOKS
  function confirm() {
    if (until) noting.mutate(until)
    else if (isWeekly && mayPlan) planning.mutate()
  }
  return (
    <Ask
      title={`Pause ${what} until …`}
      confirmLabel={isWeekly ? 'Plan' : confirmLabel}
      isBusy={noting.isPending || planning.isPending}
      error={error && `${explainFailure(error)} Nothing was ${isWeekly ? 'planned' : 'paused'}.`}
      onConfirm={confirm}
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
        {isWeekly && <WeeklyHours hours={hours} error={planning.error} onChange={setHours} />}
        {isWeekly && ids.length > MAX_WINDOW_WEBHOOKS && (
          <Text size="sm" role="alert">
            {`At most ${MAX_WINDOW_WEBHOOKS} webhooks can be paused every week together. Select fewer.`}
          </Text>
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
            {isWeekly
              ? 'The watch’s account may not switch webhooks, so this cannot be planned.'
              : 'The watch’s account may not switch webhooks on: at the end the start page says so, and a mail to your verified address, if you have one.'}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {isWeekly
            ? 'Only what is on at the begin is paused. It is resumed only if nobody switches it meanwhile.'
            : 'Resumed only if nobody switches it meanwhile.'}
        </Text>
      </Stack>
    </Ask>
  )
}
