import { Button, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { AttentionIncident } from '#contract/desk/attention.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { InlineForm } from '#ui/controls/inline-form.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { focusOnArrival } from '#ui/hooks/focus.ts'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'

import { acknowledge, attentionQueries } from './attention-api.ts'
import classes from './attention.module.css'

const LONGEST_REASON = 500

/** Says that somebody takes care, visible to everybody until the incident is over. */
export function Acknowledge({ incident }: { incident: AttentionIncident }) {
  const [isOpen, setIsOpen] = useState(false)
  const [reason, setReason] = useState('')
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const { acknowledged } = incident
  const saving = useMutation({
    mutationFn: () => acknowledge(incident.id, reason),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: attentionQueries.all() })
      setIsOpen(false)
      announce('Acknowledged. Others see that you are taking care of it.')
    },
  })
  if (acknowledged) {
    return (
      <p className={classes.acknowledged}>
        <span>
          <bdi>{acknowledged.by}</bdi> is taking care of it,{' '}
          <TimeAgo at={Date.parse(acknowledged.at)} />
        </span>
        {acknowledged.reason !== null && (
          <bdi className={classes.reason}>{acknowledged.reason}</bdi>
        )}
      </p>
    )
  }
  if (!isOpen) {
    return (
      <Button variant="default" onClick={() => setIsOpen(true)}>
        I’ll take care of it
      </Button>
    )
  }
  return (
    <InlineForm
      label="Acknowledge"
      onSubmit={() => saving.mutate()}
      below={
        saving.error && (
          <Text c="red" role="alert">
            {explainFailure(saving.error)}
          </Text>
        )
      }
    >
      <TextInput
        label="Note for the others (optional)"
        value={reason}
        maxLength={LONGEST_REASON}
        ref={focusOnArrival}
        autoComplete="off"
        dir="auto"
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" loading={saving.isPending}>
        I’ll take care of it
      </Button>
      <Button variant="default" onClick={() => setIsOpen(false)}>
        Cancel
      </Button>
    </InlineForm>
  )
}
