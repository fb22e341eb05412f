import { createHmac } from 'node:crypto'

import type { DeskEvent } from '#contract/desk/events.ts'

import type { NoticeRow } from '#server/alerts/delivery.ts'
import type { NoticeText } from '#server/alerts/notice-text.ts'
import type { NoticeContent, NoticeKind } from '#server/alerts/notices.ts'

type Told = Pick<NoticeRow, 'kind' | 'content' | 'happenedAt' | 'incidentId'>

/** A notice for a program, as docs/events.md publishes it. */
export function eventOf(
  { kind, content, happenedAt, incidentId }: Told,
  { subject }: NoticeText,
  url: string,
): DeskEvent {
  const { host, step, since, until, webhooks, more, trouble } = content
  return {
    type: typeOf(kind, content.kind),
    timestamp: happenedAt.toISOString(),
    data: {
      incident: incidentId,
      summary: subject,
      url,
      host: host ?? null,
      step: step ?? null,
      since,
      until: until ?? null,
      webhooks: webhooks.map(({ businessId, isStopped, ...webhook }) => ({
        id: webhook.id,
        name: webhook.name,
        location_id: businessId,
        location: webhook.location,
        action: webhook.action,
        failures: webhook.failures,
        stopped: isStopped,
        error: webhook.error,
      })),
      more,
      trouble: trouble ?? null,
    },
  }
}

function typeOf(kind: NoticeKind, trouble: NoticeContent['kind']): DeskEvent['type'] {
  switch (kind) {
    case 'step':
    case 'joined':
    case 'relapsed':
      return `webhooks.${trouble === 'stopped' || trouble === 'quiet' ? trouble : 'failing'}`
    case 'closed':
      return 'webhooks.working'
    case 'found':
      return 'webhooks.found'
    case 'reminder':
      return 'webhooks.still_open'
    case 'blind':
      return 'watch.blind'
    case 'sees-again':
      return 'watch.sees_again'
    case 'test':
      return 'test'
    default:
      throw new Error(`A notice of the kind ${kind} is for people alone`)
  }
}

/** Headers by which a receiver knows the sender: the Standard Webhooks specification, scheme v1. */
export function signedHeaders(secret: string, id: string, at: Date, body: string) {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}
