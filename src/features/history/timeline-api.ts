import { queryOptions } from '@tanstack/react-query'

import { request } from '#api/request.ts'
import { timelineSchema, type TIMELINE_HOURS } from '#contract/desk/timeline.ts'

export type TimelineHours = (typeof TIMELINE_HOURS)[number]

const READ_AGAIN_MS = 30_000

export const timelineQuery = (id: number, hours: TimelineHours) =>
  queryOptions({
    queryKey: ['timeline', id, hours],
    queryFn: ({ signal }) =>
      request(timelineSchema, `/desk/timeline/${id}?hours=${hours}`, { signal }),
    staleTime: 0,
    refetchInterval: READ_AGAIN_MS,
    retry: false,
  })
