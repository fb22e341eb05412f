import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'

import { request } from '#api/request.ts'
import { attentionSchema, type Attention } from '#contract/desk/attention.ts'

/** Half of a look's interval, so that news is on the page within one look. */
const READ_AGAIN_MS = 20_000

/** A new watch looks at once, and its first look takes seconds. */
const FIRST_LOOK_MS = 2_000

const isFirstLookDue = (data: Attention | undefined) =>
  data?.watch.isOn === true && data.watch.lastLookAt === null

export const attentionQueries = {
  all: () => ['attention'] as const,

  page: () =>
    queryOptions({
      queryKey: [...attentionQueries.all(), 'page'],
      queryFn: ({ signal }) => request(attentionSchema, '/desk/attention', { signal }),
      staleTime: 0,
      refetchInterval: ({ state }) => (isFirstLookDue(state.data) ? FIRST_LOOK_MS : READ_AGAIN_MS),
    }),
}

const acknowledgedSchema = z.object({ acknowledged: z.int() })

export async function acknowledge(id: number, reason: string): Promise<void> {
  const path = `/desk/incidents/${id}/acknowledge`
  await request(acknowledgedSchema, path, { method: 'POST', body: { reason } })
}

const mutedSchema = z.object({ muted: z.int() })

/** Mutes an incident until then; `null` ends it. */
export async function mute(id: number, until: Date | null): Promise<void> {
  const path = `/desk/incidents/${id}/mute`
  const body = { until: until && until.toISOString() }
  await request(mutedSchema, path, { method: 'POST', body })
}
