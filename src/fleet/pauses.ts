import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { request } from '#api/request.ts'
import { useMay } from '#features/session/use-desk.ts'
import {
  pausesSchema,
  type NewPauses,
  type NewPauseWindow,
  type Pause,
  type PauseWindow,
} from '#contract/desk/pauses.ts'

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

/** Plans hours of the week in which webhooks are paused. */
export const addWindow = (body: NewPauseWindow) =>
  request(pausesSchema, `${path}/windows`, { method: 'POST', body })

export const removeWindow = (id: string) =>
  request(pausesSchema, `${path}/windows/${id}`, { method: 'DELETE' })

const NONE: readonly Pause[] = []
const NO_WINDOWS: readonly PauseWindow[] = []

/** The pauses with an end, by webhook. */
export function usePauses(): ReadonlyMap<number, Pause> {
  const maySee = useMay('WebHook-List')
  const { data } = useQuery({ ...pauseQueries.list(), enabled: maySee })
  const pauses = data?.pauses ?? NONE
  return useMemo(() => new Map(pauses.map((pause) => [pause.webhookId, pause])), [pauses])
}

/** The windows with a webhook that the person may see. */
export function useWindows(): readonly PauseWindow[] {
  const maySee = useMay('WebHook-List')
  const { data } = useQuery({ ...pauseQueries.list(), enabled: maySee })
  return data?.windows ?? NO_WINDOWS
}
