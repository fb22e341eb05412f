import { Progress, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'

import { useState } from 'react'

import { useTick } from '#ui/hooks/effects.ts'
import { currentTime } from '#ui/hooks/now.ts'

import { readingText } from './reading-words.ts'
import { webhookQueries } from './webhook-queries.ts'

type ReadingProgressProps = {
  /** A sentence on what is so until all have arrived. */
  note?: string
}

/** Says how much of a large list has arrived, during the very first reading. */
export function ReadingProgress({ note }: ReadingProgressProps) {
  const { data: soFar } = useQuery(webhookQueries.soFar())
  const [now, setNow] = useState(() => currentTime())
  useTick(soFar ? 1000 : null, () => setNow(currentTime()))
  if (!soFar) return null
  const { read, total } = soFar
  const text = readingText(soFar, now)
  return (
    <div>
      <Text size="sm">{note ? `${text} ${note}` : text}</Text>
      {total !== null && (
        <Progress.Root
          size="sm"
          role="progressbar"
          aria-label="Webhooks read"
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={read}
          aria-valuetext={text}
        >
          <Progress.Section value={(read / Math.max(total, 1)) * 100} withAria={false} />
        </Progress.Root>
      )}
    </div>
  )
}
