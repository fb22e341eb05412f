import { createHash, randomUUID } from 'node:crypto'
import { and, count, eq, gt, lt, lte, or, sql } from 'drizzle-orm'
import type { Logger } from 'pino'

import type { Database } from '#platform/db/database.ts'
import { leaseIn, whileLeased, WORK_LEASE_MS } from '#platform/db/lease.ts'
import { storableText } from '#platform/db/storable.ts'

import { mailTextOf } from './mail-text.ts'
import { MailRefused, type SendMail } from './mailer.ts'
import { maySee } from './recipients.ts'
import { notices, recipients } from './tables.ts'

type OutboxOptions = {
  db: Database
  now: () => Date
  log: Logger
  /** The origin under which people open the desk. */
  origin: string
  /** Absent without an SMTP server: then notices wait, and say why. */
  sendMail: SendMail | undefined
}

type NoticeRow = typeof notices.$inferSelect

const MINUTE_MS = 60_000

/** Waits after failed tries; the last one is repeated until the notice is given up. */
const AGAIN_AFTER_MS = [1, 2, 5, 15, 30, 60].map((minutes) => minutes * MINUTE_MS)

/** A notice that could not be sent for this long is given up, and shown as failed. */
const GIVEN_UP_AFTER_MS = 24 * 60 * MINUTE_MS

const KEPT_MS = 90 * 24 * 60 * MINUTE_MS

const SHOWN = 200

const NO_SERVER = 'No mail server was set up (SMTP_URL) within a day.'

/**
 * Sends what waits: each recipient's notices one after the other, in the order of what they tell.
 * The row is claimed first, and the mail has an id of its own: if a process dies between sending and
 * noting it, the repeated mail is the same one.
 */
export function createOutbox({ db, now, log, origin, sendMail }: OutboxOptions) {
  const lease = leaseIn(
    { claim: notices.claim, until: notices.claimedUntil },
    2 * WORK_LEASE_MS,
    now,
  )
  let sending: Promise<void> = Promise.resolve()
  let isStopping = false

  /** The next notice of each recipient that has any. */
  async function findNext(): Promise<NoticeRow[]> {
    return db
      .selectDistinctOn([notices.recipient])
      .from(notices)
      .where(eq(notices.state, 'waiting'))
      .orderBy(notices.recipient, notices.id)
  }

  async function claimOf(notice: NoticeRow): Promise<string | undefined> {
    const claim = randomUUID()
    const taken = await db
      .update(notices)
      .set({ claim, claimedUntil: lease.end() })
      .where(
        and(
          eq(notices.id, notice.id),
          eq(notices.state, 'waiting'),
          lte(notices.dueAt, now()),
          lease.isFree(),
        ),
      )
      .returning({ id: notices.id })
    return taken.length === 1 ? claim : undefined
  }

  async function settle(notice: NoticeRow, claim: string, change: Partial<NoticeRow>) {
    await db
      .update(notices)
      .set({ ...change, claim: null, claimedUntil: null })
      .where(and(eq(notices.id, notice.id), eq(notices.claim, claim)))
  }

  async function renew({ id }: NoticeRow, claim: string) {
    const isOurs = and(eq(notices.id, id), eq(notices.claim, claim))
    await db.update(notices).set({ claimedUntil: lease.end() }).where(isOurs)
  }

  async function sendOne(notice: NoticeRow, claim: string, send: SendMail) {
    const [to] = await db.select().from(recipients).where(eq(recipients.account, notice.recipient))
    const all = notice.content.webhooks
    // their rights may have changed while it waited
    const seen = to ? all.filter(({ businessId }) => maySee(to, businessId)) : []
    if (!to?.verifiedAt || !to.isOn || (all.length > 0 && seen.length === 0)) {
      await settle(notice, claim, { state: 'dropped', settledAt: now() })
      return
    }
    const content = { ...notice.content, webhooks: seen }
    const mail = await mailOf({ ...notice, content }, to)
    try {
      await whileLeased(
        () => renew(notice, claim),
        () => send(mail),
      )
    } catch (error) {
      const problem = storableText(error instanceof Error ? error.message : String(error))
      const tries = notice.tries + 1
      const isGivenUp = error instanceof MailRefused
      const wait = AGAIN_AFTER_MS[Math.min(tries, AGAIN_AFTER_MS.length) - 1] ?? MINUTE_MS
      log.warn({ notice: notice.id, problem }, 'a notice could not be sent')
      await settle(notice, claim, {
        problem,
        tries,
        ...(isGivenUp
          ? { state: 'failed', settledAt: now() }
          : { dueAt: new Date(now().getTime() + wait) }),
      })
      return
    }
    // outside, because a failure to note it is no failure to send it
    await settle(notice, claim, { state: 'sent', settledAt: now(), problem: null })
  }

  async function mailOf(notice: NoticeRow, to: typeof recipients.$inferSelect) {
    const { kind, content, happenedAt, incidentId, id } = notice
    // React is loaded once there is a mail to write
    const { htmlMail, plainMail } = await import('./mail.tsx')
    const text = mailTextOf({ kind, content, happenedAt, sentAt: now(), zone: to.zone })
    const links = {
      page: incidentId === null ? `${origin}/` : `${origin}/?incident=${incidentId}`,
      settings: `${origin}/settings/notifications`,
      account: to.account,
    }
    const earlier = and(
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

  const desk = createHash('sha256').update(origin).digest('hex').slice(0, 12)
  const messageId = (id: number) => `<notice-${id}.${desk}@hookdesk>`

  /** Gives up what has waited for too long, whether or not this process could send it. */
  async function giveUpOld() {
    const isOld = lt(notices.happenedAt, new Date(now().getTime() - GIVEN_UP_AFTER_MS))
    await db
      .update(notices)
      .set({ state: 'failed', settledAt: now(), problem: sql`coalesce(problem, ${NO_SERVER})` })
      .where(and(eq(notices.state, 'waiting'), isOld, lease.isFree()))
  }

  async function sendAll() {
    await giveUpOld()
    // another process may have a server; without one, notices wait and say why on the page
    if (!sendMail) return
    // one round sends at most one notice of each recipient, so that they arrive in order
    for (;;) {
      let hasSent = false
      const due = (await findNext()).filter(({ dueAt }) => dueAt <= now())
      for (const notice of due) {
        if (isStopping) return
        const claim = await claimOf(notice)
        if (claim === undefined) continue
        await sendOne(notice, claim, sendMail)
        hasSent = true
      }
      if (!hasSent) return
    }
  }

  return {
    /** Sends what is due. Never rejects. */
    send(): Promise<void> {
      sending = sending
        .then(sendAll)
        .catch((error: unknown) => log.error({ err: error }, 'sending notices failed'))
      return sending
    },

    /** Notices that wait or failed, oldest first, and the number that were sent within a day. */
    async read() {
      const open = or(eq(notices.state, 'waiting'), eq(notices.state, 'failed'))
      const dayAgo = new Date(now().getTime() - 24 * 60 * MINUTE_MS)
      const [rows, [sent]] = await Promise.all([
        db.select().from(notices).where(open).orderBy(notices.id).limit(SHOWN),
        db
          .select({ count: count() })
          .from(notices)
          .where(and(eq(notices.state, 'sent'), gt(notices.settledAt, dayAgo))),
      ])
      const outbox = rows.map(({ happenedAt, dueAt, ...row }) => ({
        id: row.id,
        kind: row.kind,
        recipient: row.recipient,
        happenedAt: happenedAt.toISOString(),
        state: row.state,
        tries: row.tries,
        dueAt: dueAt.toISOString(),
        problem: row.problem,
      }))
      return { outbox, sentLately: sent?.count ?? 0 }
    },

    async releaseAll() {
      await db.update(notices).set({ claim: null, claimedUntil: null })
    },

    async removeOld() {
      const isSettled = or(
        eq(notices.state, 'sent'),
        eq(notices.state, 'failed'),
        eq(notices.state, 'dropped'),
      )
      await db
        .delete(notices)
        .where(and(isSettled, lt(notices.happenedAt, new Date(now().getTime() - KEPT_MS))))
    },

    async stop() {
      isStopping = true
      await sending
    },
  }
}
