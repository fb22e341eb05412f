import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { listHistory, listPeople, type HistoryOf } from './history-api.ts'

export const historyQueries = {
  all: () => ['history'] as const,

  list: (filter: HistoryOf) =>
    infiniteQueryOptions({
      queryKey: [...historyQueries.all(), 'list', filter],
      queryFn: ({ pageParam, signal }) => listHistory(filter, pageParam, signal),
      initialPageParam: null as number | null,
      getNextPageParam: ({ before }) => before,
      // people come here for changes made a moment ago on another screen
      staleTime: 0,
    }),

  people: () =>
    queryOptions({
      queryKey: [...historyQueries.all(), 'people'],
      queryFn: ({ signal }) => listPeople(signal),
    }),
}
