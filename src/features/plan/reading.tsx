import { Button, Group, Text } from '@mantine/core'

import { dateFormat } from '#ui/text/time.ts'

import classes from './plan.module.css'
import type { useDetails } from './use-details.ts'

type ReadingProps = {
  details: Pick<ReturnType<typeof useDetails>, 'progress' | 'waitsUntil'>
  children: string
  stopLabel: string
  onStop: () => void
}

/** Shows the progress of reading whole records, and the reason for a wait. */
export function Reading({ details, children, stopLabel, onStop }: ReadingProps) {
  const { progress, waitsUntil } = details
  if (!progress) return null
  const { done, total } = progress
  return (
    <div className={classes.reading}>
      <Text size="sm">
        <span>{`${children} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}.`}</span>
        {waitsUntil !== null && (
          <span>{` Nexudus asked Hookdesk to wait until ${clock.format(waitsUntil)}.`}</span>
        )}
      </Text>
      <progress className={classes.bar} value={done} max={total} aria-label={children} />
      <Group>
        <Button size="compact-sm" variant="default" onClick={onStop}>
          {stopLabel}
        </Button>
      </Group>
    </div>
  )
}

const clock = dateFormat({ timeStyle: 'medium' })
