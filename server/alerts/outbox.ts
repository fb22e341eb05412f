import { randomUUID } from 'node:crypto'
import { and, count, eq, gt, lt, lte, ne, or, sql } from 'drizzle-orm'
import type { Logger } from 'pino'

import type { Database } from '#platform/db/database.ts'
import { leaseIn, whileLeased, WORK_LEASE_MS } from '#platform/db/lease.ts'
import { storableText } from '#platform/db/storable.ts'

import { NoticePutOff, NoticeRefused, reasonOf, type Deliver, type NoticeRow } from './delivery.ts'
import type { Channels } from './hearers.ts'
import { notices } from './tables.ts'

type OutboxOptions = {
  db: Database
  now: () => Date
  log: Logger
  /** Absent without an SMTP server: then mail waits, and says why. */
  byMail: Deliver | undefined
  byChannel: Deliver
  channels: Channels
  /** Called when something waits for the time at which the next message may go to a channel. */
  comeAgain: (at: Date) => Promise<void>
}

const MINUTE_MS = 60_000

/** Waits after failed tries; the last one is repeated until the notice is given up. */
const AGAIN_AFTER_MS = [1, 2, 5, 15, 30, 60].map((minutes) => minutes * MINUTE_MS)

/** A notice that could not be sent for this long is given up, and shown as failed. */
const GIVEN_UP_AFTER_MS = 24 * 60 * MINUTE_MS

const KEPT_MS = 90 * 24 * 60 * MINUTE_MS

const SHOWN = 200

const NO_SERVER = 'No mail server was set up (SMTP_URL) within a day.'

/** In milliseconds: chats take one message a second at each address. */
const CHANNEL_PAUSE_MS = 1000

/**
 * Sends what waits: each recipient's notices one after the other, in the order of what they tell.
 * The row is claimed before it is sent.
 */
export function createOutbox(options: OutboxOptions) {
  const { db, now, log, byMail, byChannel, channels, comeAgain } = options
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
      .selectDistinctOn([notices.route, notices.recipient])
      .from(notices)
      .where(and(eq(notices.state, 'waiting'), byMail ? undefined : ne(notices.route, 'email')))
      .orderBy(notices.route, notices.recipient, notices.id)
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

  async function sendOne(notice: NoticeRow, claim: string, deliver: Deliver) {
    let outcome: Awaited<ReturnType<Deliver>>
    try {
      outcome = await whileLeased(
        () => renew(notice, claim),
        () => deliver(notice),
      )
    } catch (error) {
      await noteFailure(notice, claim, error)
      return
    }
    // outside, because a failure to note it is no failure to send it
    await settle(
      notice,
      claim,
      typeof outcome === 'string'
        ? { state: outcome, settledAt: now(), problem: null }
        : { dueAt: outcome.heldUntil, tries: 0 },
    )
  }

  async function noteFailure(notice: NoticeRow, claim: string, error: unknown) {
    const problem = storableText(reasonOf(error))
    const tries = notice.tries + 1
    const known = AGAIN_AFTER_MS[Math.min(tries, AGAIN_AFTER_MS.length) - 1] ?? MINUTE_MS
    const wait = error instanceof NoticePutOff ? error.waitMs : known
    log.warn({ notice: notice.id, problem }, 'a notice could not be sent')
    await settle(notice, claim, {
      problem,
      tries,
      ...(error instanceof NoticeRefused
        ? { state: 'failed', settledAt: now() }
        : { dueAt: new Date(now().getTime() + wait) }),
    })
  }

  /** Lets a channel rest after a message. True if another one waits for it. */
  async function rest({ route, recipient }: NoticeRow): Promise<boolean> {
    const until = new Date(now().getTime() + CHANNEL_PAUSE_MS)
    const isNext = and(
      eq(notices.route, route),
      eq(notices.recipient, recipient),
      eq(notices.state, 'waiting'),
    )
    const resting = await db
      .update(notices)
      .set({ dueAt: sql`greatest(due_at, ${until.toISOString()})` })
      .where(isNext)
      .returning({ id: notices.id })
    return resting.length > 0
  }

  /**
   * Gives up what was tried for too long, or could not even be tried. What waited because no process
   * was there is tried once: late is told as late.
   */
  async function giveUpOld() {
    const isOld = lt(notices.happenedAt, new Date(now().getTime() - GIVEN_UP_AFTER_MS))
    const isTried = gt(notices.tries, 0)
    const isHopeless = byMail ? isTried : or(isTried, eq(notices.route, 'email'))
    await db
      .update(notices)
      .set({ state: 'failed', settledAt: now(), problem: sql`coalesce(problem, ${NO_SERVER})` })
      .where(and(eq(notices.state, 'waiting'), isOld, isHopeless, lease.isFree()))
  }

  async function sendAll() {
    await giveUpOld()
    let mustComeAgain = false
    // one round sends at most one notice of each recipient, so that they arrive in order
    for (;;) {
      let hasSent = false
      const due = (await findNext()).filter(({ dueAt }) => dueAt <= now())
      for (const notice of due) {
        if (isStopping) return
        const deliver = notice.route === 'email' ? byMail : byChannel
        const claim = deliver && (await claimOf(notice))
        if (claim === undefined) continue
        await sendOne(notice, claim, deliver ?? byChannel)
        if (notice.route !== 'email') mustComeAgain = (await rest(notice)) || mustComeAgain
        hasSent = true
      }
      if (!hasSent) break
    }
    if (mustComeAgain) await comeAgain(new Date(now().getTime() + CHANNEL_PAUSE_MS))
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
      const [names, rows, [sent]] = await Promise.all([
        channels.names(),
        db.select().from(notices).where(open).orderBy(notices.id).limit(SHOWN),
        db
          .select({ count: count() })
          .from(notices)
          .where(and(eq(notices.state, 'sent'), gt(notices.settledAt, dayAgo))),
      ])
      const outbox = rows.map(({ happenedAt, dueAt, ...row }) => ({
        id: row.id,
        kind: row.kind,
        route: row.route,
        recipient: names.get(row.recipient) ?? row.recipient,
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
