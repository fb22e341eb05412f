import { queryOptions } from '@tanstack/react-query'

import { request } from '#api/request.ts'
import { recoveriesSchema } from '#contract/desk/recovery.ts'

const path = '/desk/recoveries'

const READ_AGAIN_MS = 60_000

export const recoveryQueries = {
  list: () =>
    queryOptions({
      queryKey: ['recoveries'],
      queryFn: ({ signal }) => request(recoveriesSchema, path, { signal }),
      refetchInterval: READ_AGAIN_MS,
    }),
}

/** Asks for a webhook to be switched on by itself after a stop, or no longer. */
export const setRecovery = (webhookId: number, isOn: boolean) =>
  request(recoveriesSchema, `${path}/${webhookId}`, { method: isOn ? 'PUT' : 'DELETE' })
