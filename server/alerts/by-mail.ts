import { createHash, randomUUID } from 'node:crypto'
import { and, eq, lt } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'

import { notSent, type Deliver, type NoticeRow, type ToldNotice } from './delivery.ts'
import type { SendMail } from './mailer.ts'
import { noticeTextOf } from './notice-text.ts'
import { OF_ONE, pageOf, testNotice, type NoticeKind } from './notices.ts'
import { asSeenBy, quietUntil } from './personal.ts'
import type { Recipient } from './recipients.ts'
import { notices, recipients } from './tables.ts'

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
export function createMailDelivery({ db, now, origin, sendMail }: MailOptions) {
  const desk = createHash('sha256').update(origin).digest('hex').slice(0, 12)
  const idOf = (name: string | number) => `<notice-${name}.${desk}@hookdesk>`

  async function find(account: string): Promise<Recipient | undefined> {
    const [row] = await db.select().from(recipients).where(eq(recipients.account, account))
    return row
  }

  const byMail: Deliver = async (notice) => {
    const to = await find(notice.recipient)
    const isWanted = to?.verifiedAt && (to.isOn || OF_ONE.has(notice.kind))
    const told = isWanted ? asSeenBy(to, notice) : undefined
    if (!to || !told) return 'dropped'
    const heldUntil = quietUntil(to, now())
    if (heldUntil) return { heldUntil }
    await sendMail({ ...(await mailOf(told, to)), ...(await threadOf(notice)) })
    return 'sent'
  }

  async function mailOf(notice: ToldNotice, to: Recipient) {
    const { kind, content, happenedAt } = notice
    // React is loaded once there is a mail to write
    const { htmlMail, plainMail } = await import('./mail.tsx')
    const text = noticeTextOf({ kind, content, happenedAt, sentAt: now(), zone: to.zone })
    const links = {
      page: pageOf(origin, notice),
      settings: `${origin}/settings/notifications`,
      why: reasonFor(kind, to.account),
    }
    return {
      to: to.address,
      subject: text.subject,
      text: plainMail(text, links),
      html: htmlMail(text, links),
      unsubscribeUrl: `${origin}/unsubscribe/${to.unsubscribe}`,
    }
  }

  /** The ids by which a mail program puts the mails of one incident together. */
  async function threadOf({ id, recipient, incidentId }: NoticeRow) {
    const earlier = and(
      eq(notices.route, 'email'),
      eq(notices.recipient, recipient),
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
    return { messageId: idOf(id), ...(first && { references: idOf(first.id) }) }
  }

  return {
    byMail,

    /** Sends a mail to somebody's verified address, now, for the person who waits for it. */
    async sendTest(account: string) {
      const to = await find(account.toLowerCase())
      if (!to?.verifiedAt) throw new Failed('not_sent', { said: 'There is no verified address.' })
      const mail = await mailOf(testNotice(account, now()), to)
      await sendMail({ ...mail, messageId: idOf(randomUUID()) }).catch(notSent)
    },
  }
}

/** The reason a person gets a mail, which every mail says. */
const reasonFor = (kind: NoticeKind, account: string) =>
  OF_ONE.has(kind)
    ? `You get this because ${account} ${kind === 'not-resumed' ? 'paused it until then' : 'asked for it'} in Hookdesk.`
    : `You get this because ${account} wants to be told about webhooks in Hookdesk.`
