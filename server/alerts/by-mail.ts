import { createHash } from 'node:crypto'
import { and, eq, lt } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'

import type { Deliver, NoticeRow } from './delivery.ts'
import { maySee } from './hearers.ts'
import type { SendMail } from './mailer.ts'
import { noticeTextOf } from './notice-text.ts'
import { notices, recipients } from './tables.ts'
import { endOfQuiet } from './wall-clock.ts'

type MailOptions = {
  db: Database
  now: () => Date
  /** The origin under which people open the desk. */
  origin: string
  sendMail: SendMail
}

/**
 * Sends notices to people. A mail has an id of its own: if a process dies between sending and noting
 * it, the repeated mail is the same one.
 */
export function createMailDelivery({ db, now, origin, sendMail }: MailOptions): Deliver {
  const desk = createHash('sha256').update(origin).digest('hex').slice(0, 12)
  const messageId = (id: number) => `<notice-${id}.${desk}@hookdesk>`

  return async function byMail(notice) {
    const [to] = await db.select().from(recipients).where(eq(recipients.account, notice.recipient))
    const all = notice.content.webhooks
    // their rights may have changed while it waited
    const isAnswer = notice.kind === 'not-resumed'
    // what somebody planned is told whatever else they want to hear of
    const sight = to && (isAnswer ? { reach: to.reach, locations: null } : to)
    const seen = sight ? all.filter(({ businessId }) => maySee(sight, businessId)) : []
    const isWanted = to?.verifiedAt && (to.isOn || isAnswer)
    if (!isWanted || (all.length > 0 && seen.length === 0)) return 'dropped'
    const { zone, quietFrom, quietUntil } = to
    const heldUntil = endOfQuiet(now(), { zone, from: quietFrom, until: quietUntil })
    if (heldUntil) return { heldUntil }
    await sendMail(await mailOf({ ...notice, content: { ...notice.content, webhooks: seen } }, to))
    return 'sent'
  }

  async function mailOf(notice: NoticeRow, to: typeof recipients.$inferSelect) {
    const { kind, content, happenedAt, incidentId, id } = notice
    // React is loaded once there is a mail to write
    const { htmlMail, plainMail } = await import('./mail.tsx')
    const text = noticeTextOf({ kind, content, happenedAt, sentAt: now(), zone: to.zone })
    const links = {
      page: incidentId === null ? `${origin}/` : `${origin}/?incident=${incidentId}`,
      settings: `${origin}/settings/notifications`,
      account: to.account,
    }
    const earlier = and(
      eq(notices.route, 'email'),
      eq(notices.recipient, notice.recipient),
      eq(notices.incidentId, incidentId ?? 0),
      eq(notices.state, 'sent'),
      lt(notices.id, id),
    )
    const [first] = await db
      .select({ id: notices.id })
      .from(notices)
      .where(earlier)
      .orderBy(notices.id)
      .limit(1)
    return {
      to: to.address,
      subject: text.subject,
      text: plainMail(text, links),
      html: htmlMail(text, links),
      messageId: messageId(id),
      ...(first && { references: messageId(first.id) }),
      unsubscribeUrl: `${origin}/unsubscribe/${to.unsubscribe}`,
    }
  }
}
