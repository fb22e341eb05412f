import { queryOptions } from '@tanstack/react-query'

import { download } from '#api/download.ts'
import { request } from '#api/request.ts'
import { timelineSchema, type TIMELINE_HOURS } from '#contract/desk/timeline.ts'
import { saveFile } from '#ui/hooks/save-file.ts'
import { writeSearch } from '#ui/hooks/search-params.ts'

export type TimelineHours = (typeof TIMELINE_HOURS)[number]

const READ_AGAIN_MS = 30_000

/** A webhook, or all those that deliver to a host. */
export type TimelineOf = { webhook: number } | { host: string }

export const timelineQuery = (of: TimelineOf, hours: TimelineHours) =>
  queryOptions({
    queryKey: ['timeline', of, hours],
    queryFn: ({ signal }) => request(timelineSchema, pathOf(of, hours), { signal }),
    staleTime: 0,
    refetchInterval: READ_AGAIN_MS,
    retry: false,
  })

const pathOf = (of: TimelineOf, hours: TimelineHours) =>
  'host' in of
    ? `/desk/timeline/host${writeSearch({ ...of, hours })}`
    : `/desk/timeline/${of.webhook}${writeSearch({ hours })}`

/** All transitions of the span, as a file to save. */
export const exportTimeline = async (of: TimelineOf, hours: TimelineHours) =>
  saveFile(await download(`/desk/timeline/csv${writeSearch({ ...of, hours })}`))
