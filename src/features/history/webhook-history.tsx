import { Stack } from '@mantine/core'

import { useDesk } from '#features/session/use-desk.ts'
import { Timeline } from '#fleet/timeline.tsx'

import { HistoryList } from './history-list.tsx'

/** The states of one webhook, if there is a watch, and its changes. */
export function WebhookHistory({ id }: { id: number }) {
  const { watches } = useDesk()
  return (
    <Stack>
      {watches && <Timeline of={{ webhook: id }} />}
      <HistoryList filter={{ webhook: String(id) }} isOfOne />
    </Stack>
  )
}
