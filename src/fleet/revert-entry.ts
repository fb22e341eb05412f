import { request } from '#api/request.ts'
import { revertedSchema } from '#contract/desk/history.ts'

/** Takes an entry of the history back; done once under its key. */
export function revertEntry(id: number, idempotencyKey: string) {
  const options = { method: 'POST', idempotencyKey } as const
  return request(revertedSchema, `/desk/history/${id}/revert`, options)
}
