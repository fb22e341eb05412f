import * as z from 'zod/mini'

import { request } from '#api/request.ts'
import { changedSchema, type ChangeRequest } from '#contract/desk.ts'
import type { Webhook, WebhookInput } from '#contract/webhook.ts'

const removedSchema = z.object({ removed: z.int() })

export async function createWebhook(input: WebhookInput, idempotencyKey: string): Promise<Webhook> {
  const options = { method: 'POST', body: input, idempotencyKey } as const
  return (await request(changedSchema, '/desk/webhooks', options)).webhook
}

export async function changeWebhook(
  id: number,
  body: ChangeRequest,
  idempotencyKey: string,
): Promise<Webhook> {
  const options = { method: 'PATCH', body, idempotencyKey } as const
  return (await request(changedSchema, `/desk/webhooks/${id}`, options)).webhook
}

export function removeWebhook(id: number, seen: ChangeRequest['seen'], idempotencyKey: string) {
  const options = { method: 'DELETE', body: { seen }, idempotencyKey } as const
  return request(removedSchema, `/desk/webhooks/${id}`, options)
}
