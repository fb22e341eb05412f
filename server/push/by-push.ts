import { startOf } from '#contract/nexudus/text.ts'
import type { PushMessage } from '#contract/desk/push.ts'
import { storableText } from '#platform/db/storable.ts'
import type { Outbound } from '#platform/outbound/send.ts'
import { reasonOf, type Deliver, type ToldNotice } from '#server/alerts/delivery.ts'
import { noticeTextOf } from '#server/alerts/notice-text.ts'
import { pageOf } from '#server/alerts/notices.ts'
import { asSeenBy, quietUntil } from '#server/alerts/personal.ts'
import type { Recipient } from '#server/alerts/recipients.ts'
import { refusalOf } from '#server/alerts/refusal.ts'

import type { BrowserRow, PushStore } from './push-store.ts'
import { encryptFor, LONGEST_MESSAGE, vapidHeader } from './web-push.ts'

type PushOptions = {
  store: PushStore
  now: () => Date
  /** The origin under which people open the desk. */
  origin: string
  /** Calls a URL that somebody gave us. */
  send: Outbound
}

/** In seconds: a push service keeps a message for a browser that is closed. */
const KEPT_S = 24 * 3600

/** Answers by which a push service says that a subscription is over (RFC 8030). */
const OVER: ReadonlySet<number> = new Set([404, 410])

/** In UTF-16 units: about what a notification shows. */
const LONGEST_BODY = 400

type Sent = 'sent' | 'over'

/** Sends notices to people's browsers, encrypted for each. */
export function createPushDelivery({ store, now, origin, send }: PushOptions) {
  /** Sends a notice to a browser and notes how that went. Rejects if it was not taken. */
  async function tell(browser: BrowserRow, person: Recipient, notice: ToldNotice): Promise<Sent> {
    try {
      const sent = await deliver(browser, person, notice)
      await store.note(browser.id, { problem: null, lastSentAt: now() })
      return sent
    } catch (error) {
      await store.note(browser.id, { problem: storableText(reasonOf(error)) })
      throw error
    }
  }

  async function deliver(browser: BrowserRow, person: Recipient, notice: ToldNotice) {
    const { endpoint, keys } = store.open(browser)
    const subject = origin.startsWith('https:') ? origin : 'mailto:desk@hookdesk.test'
    const result = await send({
      url: endpoint,
      method: 'POST',
      headers: {
        authorization: vapidHeader({ endpoint, subject, keys: await store.keys(), now: now() }),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(KEPT_S),
        urgency: 'high',
      },
      body: encryptFor(keys, messageOf(notice, person)),
    })
    if (result.isDelivered) return 'sent'
    if (OVER.has(result.measured.status ?? 0)) return 'over'
    throw refusalOf(result)
  }

  function messageOf(notice: ToldNotice, { zone }: Recipient): Uint8Array {
    const { id, kind, content, happenedAt, incidentId } = notice
    const text = noticeTextOf({ kind, content, happenedAt, sentAt: now(), zone })
    const message: PushMessage = {
      title: text.subject,
      body: startOf(text.lead, LONGEST_BODY),
      path: pageOf(origin, notice).slice(origin.length),
      tag: incidentId === null ? `notice-${id}` : `incident-${incidentId}`,
    }
    const bytes = Buffer.from(JSON.stringify(message))
    if (bytes.length <= LONGEST_MESSAGE) return bytes
    // a sign takes up to six bytes in JSON, and a subject is short
    return Buffer.from(JSON.stringify({ ...message, body: '' }))
  }

  return {
    tell,

    byPush: (async (notice) => {
      const found = await store.find(notice.recipient)
      const told = found && asSeenBy(found.person, notice)
      if (!told) return 'dropped'
      const heldUntil = quietUntil(found.person, now())
      if (heldUntil) return { heldUntil }
      const sent = await tell(found.browser, found.person, told)
      if (sent === 'sent') return sent
      await store.remove(found.browser.id)
      return 'dropped'
    }) satisfies Deliver,
  }
}
