import { Checkbox, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'

import { CHECKS_NEEDED, type Recovery } from '#contract/desk/recovery.ts'
import type { HealthState } from '#contract/nexudus/health.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { lackText } from '#texts/rights-words.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'

import { recoveryQueries, setRecovery } from './recovery-api.ts'

type ByItselfProps = { webhookId: number; health: HealthState }

/** Asks for a webhook to be switched on by itself after a stop, and says how far that is. */
export function ByItself({ webhookId, health }: ByItselfProps) {
  const { data, error } = useQuery(recoveryQueries.list())
  const queryClient = useQueryClient()
  const { announce, notify } = useNotices()
  const noteId = useId()
  /** The choice, before the answer. */
  const [wanted, setWanted] = useState<boolean | null>(null)
  const setting = useMutation({
    mutationFn: (isOn: boolean) => setRecovery(webhookId, isOn),
    // one after the other, so that the last choice is the one that is stored
    scope: { id: `recovery of ${webhookId}` },
    onSuccess(now, isOn) {
      queryClient.setQueryData(recoveryQueries.list().queryKey, now)
      announce(isOn ? 'It will be switched on by itself.' : 'It waits for a person.')
    },
    onError: (error) => notify({ text: `Not saved. ${explainFailure(error)}` }),
  })
  const recovery = data?.recoveries.find((each) => each.webhookId === webhookId)
  const isOn = recovery?.isOn ?? false
  const choose = (isChosen: boolean) => {
    setWanted(isChosen)
    setting.mutate(isChosen, { onSettled: () => setWanted(null) })
  }
  return (
    <div>
      <Checkbox
        size="sm"
        checked={wanted ?? isOn}
        disabled={!data}
        label="After a stop, switch on again by itself"
        aria-describedby={noteId}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
      <Text size="sm" c="dimmed" id={noteId} component="div">
        {error && !data && <span>{explainFailure(error)} </span>}
        {data?.canSwitch !== false || !isOn ? (
          <span>
            {recovery && !isOn
              ? 'It ended: three stops within a week. Talk to those who run the receiver.'
              : 'After three good checks in half an hour, at most twice a week. Each time is told by mail.'}
          </span>
        ) : (
          <span>{WAITS_FOR_RIGHT}</span>
        )}
        {recovery && isOn && (
          <span>
            {' '}
            <span>Asked for by</span> <bdi>{recovery.by}</bdi>.
          </span>
        )}
        {recovery && isOn && health === 'stopped' && <Progress recovery={recovery} />}
      </Text>
    </div>
  )
}

const WAITS_FOR_RIGHT = `It waits: ${lackText('WebHook-Edit', 'the watch’s account')}`

const PROBLEMS: { readonly [code: string]: string } = {
  twice_a_week: 'It was switched on twice this week already, so it waits.',
  no_right: WAITS_FOR_RIGHT,
}

function Progress({ recovery: { goodChecks, checkedAt, problem } }: { recovery: Recovery }) {
  const waits = problem === null ? undefined : PROBLEMS[problem]
  if (waits) return <span> {waits}</span>
  if (checkedAt === null) return <span> Not checked yet.</span>
  return (
    <span>
      {' '}
      <span>{`${goodChecks} of ${CHECKS_NEEDED} checks were good; last check`}</span>{' '}
      <TimeAgo at={Date.parse(checkedAt)} />.
    </span>
  )
}
