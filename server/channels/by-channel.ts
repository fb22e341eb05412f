import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { storableText } from '#platform/db/storable.ts'
import type { Outbound } from '#platform/outbound/send.ts'
import type { Seal } from '#server/nexudus/seal.ts'

import { reasonOf, type NoticeRow, type ToldNotice } from '#server/alerts/delivery.ts'
import { maySee } from '#server/alerts/hearers.ts'
import { noticeTextOf } from '#server/alerts/notice-text.ts'
import { pageOf } from '#server/alerts/notices.ts'
import { refusalOf } from '#server/alerts/refusal.ts'
import { chatMessage, type Length } from './chat-message.ts'
import { eventOf, signedHeaders } from './event.ts'
import { channels } from './tables.ts'

export type ChannelRow = typeof channels.$inferSelect

type ChannelOptions = {
  db: Database
  now: () => Date
  /** The origin under which people open the desk. */
  origin: string
  seal: Seal
  send: Outbound
}

/** Binds a sealed URL to its row. */
export const sealedFor = (id: string) => `channel ${id}`

/** Sends notices into chats, and signed to programs. */
export function createChannelDelivery({ db, now, origin, seal, send }: ChannelOptions) {
  /** Sends a notice into a channel and notes how that went. Rejects if it was not taken. */
  async function tell(channel: ChannelRow, notice: ToldNotice): Promise<void> {
    try {
      await deliver(channel, notice)
    } catch (error) {
      const problem = storableText(reasonOf(error))
      await db
        .update(channels)
        .set({ problem, failingSince: sql`coalesce(failing_since, ${now().toISOString()})` })
        .where(eq(channels.id, channel.id))
      throw error
    }
    await db
      .update(channels)
      .set({ lastSentAt: now(), problem: null, failingSince: null, isFailureTold: false })
      .where(eq(channels.id, channel.id))
  }

  async function deliver(channel: ChannelRow, notice: ToldNotice) {
    const result = await sendAs(channel, notice, 'whole')
    if (result.isDelivered) return
    const isTooLong = result.measured.status === 400 || result.measured.status === 413
    if (isTooLong && channel.kind !== 'webhook') {
      const again = await sendAs(channel, notice, 'short')
      if (again.isDelivered) return
      throw refusalOf(again)
    }
    throw refusalOf(result)
  }

  function sendAs(channel: ChannelRow, notice: ToldNotice, length: Length) {
    const { kind, content, happenedAt, incidentId } = notice
    const context = sealedFor(channel.id)
    const url = seal.open(channel.url, context)
    const at = now()
    const text = noticeTextOf({ kind, content, happenedAt, sentAt: at, zone: channel.zone })
    const page = pageOf(origin, notice)
    const json = { 'content-type': 'application/json' }
    if (channel.kind === 'webhook') {
      const body = JSON.stringify(eventOf(notice, text, page))
      const secret = seal.open(channel.secret ?? '', context)
      const headers = { ...json, ...signedHeaders(secret, idOf(notice), at, body) }
      return send({ url, method: 'POST', headers, body: Buffer.from(body) })
    }
    const body = JSON.stringify(chatMessage(channel.kind, { text, page, incidentId, length }))
    const to = channel.kind === 'google-chat' ? threaded(url) : url
    return send({ url: to, method: 'POST', headers: json, body: Buffer.from(body) })
  }

  return {
    tell,

    async byChannel(notice: NoticeRow): Promise<'sent' | 'dropped'> {
      const [channel] = await db.select().from(channels).where(eq(channels.id, notice.recipient))
      const all = notice.content.webhooks
      const seen = channel ? all.filter((webhook) => isToldOf(channel, webhook.businessId)) : []
      if (!channel || (all.length > 0 && seen.length === 0)) return 'dropped'
      await tell(channel, { ...notice, content: { ...notice.content, webhooks: seen } })
      return 'sent'
    },
  }
}

/** The same for every try. Two tests are two events, although neither is stored. */
const idOf = ({ id, kind }: ToldNotice) =>
  kind === 'test' ? `test_${randomUUID()}` : `notice_${id}`

const isToldOf = ({ locations }: ChannelRow, businessId: number) =>
  maySee({ reach: null, locations }, businessId)

/** Google Chat puts messages of a thread together only if the URL says so. */
function threaded(text: string): string {
  const url = new URL(text)
  url.searchParams.set('messageReplyOption', 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD')
  return url.href
}
