import { Button, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'

import { useMay } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { pauseQueries, removePause, usePauses } from '#fleet/pauses.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { useNow } from '#ui/hooks/now.ts'
import { dayTime } from '#ui/text/time.ts'

/** The planned end of a pause, who asked for it and why, and a way to drop it. */
export function PauseEnd({ webhookId }: { webhookId: number }) {
  const pause = usePauses().get(webhookId)
  const mayEdit = useMay('WebHook-Edit')
  const now = useNow()
  const queryClient = useQueryClient()
  const { announce, notify } = useNotices()
  const dropping = useMutation({
    mutationFn: () => removePause(webhookId),
    onSuccess(answer) {
      queryClient.setQueryData(pauseQueries.list().queryKey, answer)
      announce('It stays paused until somebody resumes it.')
    },
    onError: (error) => notify({ text: explainFailure(error) }),
  })
  if (pause?.state !== 'waiting') return null
  return (
    <>
      <Text size="sm">
        <span>Resumes {dayTime(Date.parse(pause.until), now)}, planned by</span>{' '}
        <bdi>{pause.by}</bdi>
        {pause.reason !== null && (
          <span>
            : <bdi>{pause.reason}</bdi>
          </span>
        )}
      </Text>
      {mayEdit && (
        <Button
          size="compact-sm"
          variant="default"
          loading={dropping.isPending}
          onClick={() => dropping.mutate()}
        >
          Do not resume by itself
        </Button>
      )}
    </>
  )
}
