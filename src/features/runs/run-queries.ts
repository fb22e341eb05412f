import { queryOptions } from '@tanstack/react-query'

import type { Run } from '#contract/run.ts'

import { getRun, listRunItems, listRuns } from './run-api.ts'

/** A run that is under way is to be seen going on. */
const LIVE_MS = 700

const isUnderWay = (run: Run | undefined) => run?.state === 'checking' || run?.state === 'running'

export const runQueries = {
  all: () => ['runs'] as const,

  list: () =>
    queryOptions({
      queryKey: [...runQueries.all(), 'list'],
      queryFn: ({ signal }) => listRuns(signal),
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 2 * LIVE_MS : false),
    }),

  detail: (id: number) =>
    queryOptions({
      queryKey: [...runQueries.all(), 'detail', id],
      queryFn: ({ signal }) => getRun(id, signal),
      staleTime: 0,
      refetchInterval: ({ state }) => (isUnderWay(state.data) ? LIVE_MS : false),
    }),

  /** What its items are by now; read again with every state, and while it runs now and then. */
  items: ({ id, state }: Run) =>
    queryOptions({
      queryKey: [...runQueries.all(), 'items', id, state],
      queryFn: ({ signal }) => listRunItems(id, signal),
      staleTime: 0,
      refetchInterval: state === 'running' ? 5 * LIVE_MS : false,
    }),
}
