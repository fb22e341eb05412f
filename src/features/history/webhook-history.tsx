import { Stack } from '@mantine/core'

import { useDesk } from '#features/session/use-desk.ts'

import { HistoryList } from './history-list.tsx'
import { Timeline } from './timeline.tsx'

/** The states of one webhook, if there is a watch, and its changes. */
export function WebhookHistory({ id }: { id: number }) {
  const { watches } = useDesk()
  return (
    <Stack>
      {watches && <Timeline id={id} />}
      <HistoryList filter={{ webhook: String(id) }} isOfOne />
    </Stack>
  )
}
