import { Text } from '@mantine/core'

import { useWindows } from '#fleet/pauses.ts'
import { RemoveWindow } from '#features/pauses/remove-window.tsx'
import { hoursText, windowProblem } from '#features/pauses/window-words.ts'

/** The hours of every week in which this webhook is paused, and a way to end that. */
export function PauseWeekly({ webhookId }: { webhookId: number }) {
  const windows = useWindows().filter(({ webhooks }) =>
    webhooks.some((webhook) => webhook.webhookId === webhookId),
  )
  return windows.map((window) => {
    const { id, by, reason, webhooks } = window
    const others = webhooks.length - 1
    const problem = windowProblem(window)
    return (
      <div key={id}>
        <Text size="sm">
          <span>
            {`Paused every week${others > 0 ? `, with ${others} more` : ''}: ${hoursText(window)}, planned by`}
          </span>{' '}
          <bdi>{by}</bdi>
          {reason !== null && (
            <span>
              : <bdi>{reason}</bdi>
            </span>
          )}
        </Text>
        {problem !== null && <Text size="sm">{problem}</Text>}
        <RemoveWindow window={window} />
      </div>
    )
  })
}
