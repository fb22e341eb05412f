import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { request } from '#api/request.ts'
import { useMay } from '#features/session/use-desk.ts'
import { pausesSchema, type NewPauses, type Pause } from '#contract/desk/pauses.ts'

const READ_AGAIN_MS = 60_000

const path = '/desk/pauses'

export const pauseQueries = {
  list: () =>
    queryOptions({
      queryKey: ['pauses'],
      queryFn: ({ signal }) => request(pausesSchema, path, { signal }),
      staleTime: 0,
      refetchInterval: READ_AGAIN_MS,
    }),
}

/** Notes until when webhooks stay off that are paused after this. */
export const addPauses = (body: NewPauses) => request(pausesSchema, path, { method: 'POST', body })

/** Lets a pause last until somebody ends it. */
export const removePause = (webhookId: number) =>
  request(pausesSchema, `${path}/${webhookId}`, { method: 'DELETE' })

const NONE: readonly Pause[] = []

/** The pauses with an end, by webhook. */
export function usePauses(): ReadonlyMap<number, Pause> {
  const maySee = useMay('WebHook-List')
  const { data } = useQuery({ ...pauseQueries.list(), enabled: maySee })
  const pauses = data?.pauses ?? NONE
  return useMemo(() => new Map(pauses.map((pause) => [pause.webhookId, pause])), [pauses])
}
