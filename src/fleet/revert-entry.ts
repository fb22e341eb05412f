import { request } from '#api/request.ts'
import { revertedSchema } from '#contract/desk/history.ts'

/** Reverts a history entry; under one key this happens only once. */
export function revertEntry(id: number, idempotencyKey: string) {
  const options = { method: 'POST', idempotencyKey } as const
  return request(revertedSchema, `/desk/history/${id}/revert`, options)
}
