import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { AttentionIncident } from '#contract/desk/attention.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { InlineForm } from '#ui/controls/inline-form.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { focusOnArrival } from '#ui/hooks/focus.ts'
import { useNow } from '#ui/hooks/now.ts'
import { dayTime } from '#ui/text/time.ts'

import { attentionQueries, mute } from './attention-api.ts'
import classes from './attention.module.css'

const HOUR_MS = 3_600_000

const SPANS = [
  { value: '1', label: 'an hour' },
  { value: '8', label: '8 hours' },
  { value: '24', label: 'a day' },
  { value: '168', label: 'a week' },
]

/** Holds back what would be told of an incident, for everybody and for a while. */
export function Mute({ incident: { id, muted } }: { incident: AttentionIncident }) {
  const [isOpen, setIsOpen] = useState(false)
  const [hours, setHours] = useState('8')
  const now = useNow()
  const queryClient = useQueryClient()
  const { announce, notify } = useNotices()
  const saving = useMutation({
    mutationFn: (until: Date | null) => mute(id, until),
    async onSuccess(_answer, until) {
      await queryClient.invalidateQueries({ queryKey: attentionQueries.all() })
      setIsOpen(false)
      announce(until ? 'Muted. Only its end is told before.' : 'No longer muted.')
    },
    onError: (error) => notify({ text: explainFailure(error) }),
  })
  if (muted) {
    return (
      <p className={classes.acknowledged}>
        <span>
          Muted until {dayTime(Date.parse(muted.until), now)} by <bdi>{muted.by}</bdi>
        </span>{' '}
        <Button
          size="compact-sm"
          variant="default"
          loading={saving.isPending}
          onClick={() => saving.mutate(null)}
        >
          Unmute
        </Button>
      </p>
    )
  }
  if (!isOpen) {
    return (
      <Button variant="default" onClick={() => setIsOpen(true)}>
        Mute
      </Button>
    )
  }
  return (
    <InlineForm
      label="Mute"
      onSubmit={() => saving.mutate(new Date(Date.now() + Number(hours) * HOUR_MS))}
    >
      <NativeSelect
        label="Tell nobody for"
        data={SPANS}
        value={hours}
        ref={focusOnArrival}
        onChange={(event) => setHours(event.currentTarget.value)}
      />
      <Button type="submit" loading={saving.isPending}>
        Mute
      </Button>
      <Button variant="default" onClick={() => setIsOpen(false)}>
        Cancel
      </Button>
    </InlineForm>
  )
}
