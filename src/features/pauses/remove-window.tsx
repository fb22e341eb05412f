import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'

import type { PauseWindow } from '#contract/desk/pauses.ts'
import { useMay } from '#features/session/use-desk.ts'
import { useNotices } from '#ui/feedback/notices.tsx'

import { explainFailure } from '#fleet/failure-words.ts'
import { pauseQueries, removeWindow } from '#fleet/pauses.ts'
import { hoursText } from './window-words.ts'

/** Ends a pause that comes back every week; one that lasts runs to its end. */
export function RemoveWindow({ window }: { window: PauseWindow }) {
  const mayEdit = useMay('WebHook-Edit')
  const queryClient = useQueryClient()
  const { announce, notify } = useNotices()
  const removing = useMutation({
    mutationFn: () => removeWindow(window.id),
    onSuccess(now) {
      queryClient.setQueryData(pauseQueries.list().queryKey, now)
      announce('No longer paused every week. A pause that lasts now runs to its end.')
    },
    onError: (error) => notify({ text: explainFailure(error) }),
  })
  if (!mayEdit || !window.mayRemove) return null
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`Stop pausing every week: ${hoursText(window)}`}
      loading={removing.isPending}
      onClick={() => removing.mutate()}
    >
      Stop pausing every week
    </Button>
  )
}
