import { request } from '#api/request.ts'
import {
  changedSchema,
  removedSchema,
  type Changed,
  type ChangeRequest,
} from '#contract/desk/desk.ts'
import type { WebhookInput } from '#contract/nexudus/webhook.ts'

export function createWebhook(input: WebhookInput, idempotencyKey: string): Promise<Changed> {
  const options = { method: 'POST', body: input, idempotencyKey } as const
  return request(changedSchema, '/desk/webhooks', options)
}

export function changeWebhook(
  id: number,
  body: ChangeRequest,
  idempotencyKey: string,
): Promise<Changed> {
  const options = { method: 'PATCH', body, idempotencyKey } as const
  return request(changedSchema, `/desk/webhooks/${id}`, options)
}

export function removeWebhook(id: number, seen: ChangeRequest['seen'], idempotencyKey: string) {
  const options = { method: 'DELETE', body: { seen }, idempotencyKey } as const
  return request(removedSchema, `/desk/webhooks/${id}`, options)
}
