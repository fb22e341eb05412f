import { request } from '#api/request.ts'
import { deliveriesSchema, eventAnswerSchema, type Delivery } from '#contract/desk/sandbox.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'

const LOOK_AGAIN_MS = 100
/** A receiver has fifteen seconds. */
const LOOK_AT_MOST = 160

/** Fires the webhook's action in the sandbox, and waits for the first attempt of its delivery. */
export async function tryOnce({ Id, BusinessId, Action }: WebhookRow): Promise<Delivery> {
  const body = { BusinessId, Action }
  const event = await request(eventAnswerSchema, '/desk/sandbox/events', { method: 'POST', body })
  for (let look = 0; ; look += 1) {
    const path = `/desk/sandbox/deliveries?event=${event.EventId}`
    const { deliveries } = await request(deliveriesSchema, path)
    const own = deliveries.find(({ webhookId }) => webhookId === Id)
    if (!own) throw new Error('The sandbox made no delivery for this webhook')
    const isTried = own.attempts.some(({ state }) => state !== 'started')
    if (isTried || look >= LOOK_AT_MOST) return own
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}
