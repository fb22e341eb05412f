import { queryOptions } from '@tanstack/react-query'

import { isRunUnderWay } from '#contract/desk/run-steps.ts'
import type { Run } from '#contract/desk/run.ts'

import { getRun, listRunItems, listRuns } from './run-api.ts'

/** Short enough to watch a run go on. */
const LIVE_MS = 700

/** A paused run finishes its current item, and another page may continue it. */
const pacedBy = (run: Pick<Run, 'state'> | undefined, ms: number) =>
  run?.state === 'paused' ? 5 * LIVE_MS : run?.state === 'running' ? ms : false

const isUnderWay = (run: Run | undefined) => run !== undefined && isRunUnderWay(run)

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
      refetchInterval: ({ state: { data } }) =>
        data?.state === 'checking' ? LIVE_MS : pacedBy(data, LIVE_MS),
    }),

  /** The current items; read again with every state, and now and then during the run. */
  items: ({ id, state }: Run) =>
    queryOptions({
      queryKey: [...runQueries.all(), 'items', id, state],
      queryFn: ({ signal }) => listRunItems(id, signal),
      staleTime: 0,
      refetchInterval: pacedBy({ state }, 5 * LIVE_MS),
    }),
}
