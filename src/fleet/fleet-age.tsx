import { ActionIcon } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'

import { useNotices } from '#ui/feedback/notices.tsx'
import { useNow } from '#ui/hooks/now.ts'
import { timeAgo } from '#ui/text/time.ts'

import classes from './fleet-age.module.css'
import type { FleetReading } from './webhook-api.ts'

/** Says how old the list is, and offers to read it again. */
export function FleetAge({ fleet }: { fleet: UseQueryResult<FleetReading> }) {
  const now = useNow()
  const { announce } = useNotices()
  const { data, isFetching, refetch } = fleet

  const refresh = () =>
    void refetch().then(({ isError }) =>
      announce(isError ? 'Nexudus did not answer.' : 'Refreshed.'),
    )

  return (
    <span className={classes.age}>
      {data && (
        <span>
          <span className={classes.word}>Checked</span> <span>{timeAgo(data.readAt, now)}</span>
        </span>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label="Refresh"
        data-busy={isFetching || undefined}
        className={classes.refresh}
        onClick={refresh}
      >
        <IconRefresh size={18} aria-hidden />
      </ActionIcon>
    </span>
  )
}
