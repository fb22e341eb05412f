import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { request } from '#api/request.ts'
import { STRIPS_AT_MOST, stripsSchema, type Strip } from '#contract/desk/timeline.ts'

/** A day changes within a minute, two weeks do not. */
const READ_AGAIN_MS = { 24: 60_000, 336: 10 * 60_000 } as const

const stripsQuery = (ids: readonly number[], hours: 24 | 336) =>
  queryOptions({
    queryKey: ['strips', hours, ids],
    queryFn: ({ signal }) =>
      request(stripsSchema, `/desk/timeline/strips?ids=${ids.join(',')}&hours=${hours}`, {
        signal,
      }),
    staleTime: READ_AGAIN_MS[hours] / 2,
    refetchInterval: READ_AGAIN_MS[hours],
    // one more or less of them must not empty all others
    placeholderData: keepPreviousData,
    enabled: ids.length > 0,
  })

/** The states of some webhooks over the last hours, as the watch saw them: the first hundred. */
export function useStrips(ids: readonly number[], hours: 24 | 336): ReadonlyMap<number, Strip> {
  const { data } = useQuery(stripsQuery(ids.slice(0, STRIPS_AT_MOST), hours))
  return useMemo(() => {
    if (!data) return new Map()
    const { from, to, blind } = data
    return new Map(
      data.strips.map(({ webhookId, states }) => [webhookId, { from, to, blind, states }]),
    )
  }, [data])
}
