import { createHash, randomBytes, randomInt } from 'node:crypto'
import { and, count, desc, eq, gt, inArray, isNotNull, lt, or, sql, type SQL } from 'drizzle-orm'

import { STEPS } from '#contract/desk/attention.ts'
import type { Notifications, NotificationsChange } from '#contract/desk/settings.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Reach } from '#server/nexudus/in-reach.ts'
import { reachOf } from '#server/history/reach.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import { noMail, notSent } from './delivery.ts'
import type { SendMail } from './mailer.ts'
import { notices, recipients } from './tables.ts'
import { requireZone } from '#server/clock/zone.ts'

export type Recipient = typeof recipients.$inferSelect

type RecipientsOptions = {
  db: Database
  now: () => Date
  sendMail: SendMail | undefined
  /** The host of the desk, by which a person knows it. */
  host: string
  /** The ids of the browsers in which a person is told. */
  browsersOf: (account: string) => Promise<string[]>
  /** Called with what a person may see, at each of their visits. */
  noteReach: (account: string, reach: Reach) => Promise<void>
}

/** In milliseconds. */
const CODE_LIVES_MS = 30 * 60_000

const TRIES_PER_CODE = 5

/** In milliseconds. */
const FAILED_SHOWN_MS = 7 * 24 * 3_600_000

/** A mail box must not be flooded by somebody who types its address. */
const CODE_AGAIN_MS = 60_000

/** People's own wishes about notices. An address is verified before it gets any. */
export function createRecipients(options: RecipientsOptions) {
  const { db, now, sendMail, host, browsersOf, noteReach } = options
  const isOf = (account: string) => eq(recipients.account, account.toLowerCase())

  async function find(account: string): Promise<Recipient | undefined> {
    const [row] = await db.select().from(recipients).where(isOf(account))
    return row
  }

  async function add({
    account,
    ...person
  }: Pick<Recipient, 'account' | 'zone' | 'reach' | 'isOn' | 'verifiedAt'>) {
    requireZone(person.zone)
    await db
      .insert(recipients)
      .values({
        ...person,
        account: account.toLowerCase(),
        address: account,
        unsubscribe: newToken(),
        reachAt: now(),
        locations: null,
        firstStep: STEPS[0],
      })
      .onConflictDoNothing()
  }

  async function sendCode(account: string, address: string) {
    const before = await find(account)
    const lastAt = before?.codeUntil && before.codeUntil.getTime() - CODE_LIVES_MS
    if (lastAt && now().getTime() - lastAt < CODE_AGAIN_MS) {
      throw new Failed('bad_request', { reason: 'code_just_sent' })
    }
    if (!sendMail) noMail()
    const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
    await db
      .update(recipients)
      .set({
        pending: address,
        codeHash: hashOf(account, code),
        codeUntil: new Date(now().getTime() + CODE_LIVES_MS),
        codeTries: 0,
      })
      .where(isOf(account))
    const text = `Your code is ${code}\n\nEnter it in Hookdesk at ${host} to get notices about webhooks at this address. It is valid for 30 minutes. If you did not ask for it, ignore this message: you get no others.`
    const mail = {
      to: address,
      subject: `${code} is your Hookdesk code`,
      text,
      html: `<!doctype html><html lang="en"><title>Your Hookdesk code</title><p>${text.replaceAll('\n\n', '</p><p>')}</p></html>`,
      messageId: `<code-${randomBytes(12).toString('hex')}@hookdesk>`,
    }
    await sendMail(mail).catch(notSent)
  }

  return {
    find,

    async stateOf(account: string): Promise<Notifications> {
      const row = await find(account)
      const isTheirs = eq(notices.recipient, account.toLowerCase())
      const lately = new Date(now().getTime() - FAILED_SHOWN_MS)
      const isFailed = and(eq(notices.state, 'failed'), gt(notices.settledAt, lately))
      const isWaiting = eq(notices.state, 'waiting')
      const howMany = async (which: SQL | undefined) =>
        (await db.select({ count: count() }).from(notices).where(and(isTheirs, which)))[0]?.count ??
        0
      const [waiting, failed, [held], [last]] = await Promise.all([
        howMany(isWaiting),
        howMany(isFailed),
        db
          .select({ until: notices.dueAt })
          .from(notices)
          .where(and(isTheirs, isWaiting, eq(notices.tries, 0), gt(notices.dueAt, now())))
          .orderBy(notices.id)
          .limit(1),
        db
          .select({ problem: notices.problem })
          .from(notices)
          .where(and(isTheirs, or(isWaiting, isFailed), isNotNull(notices.problem)))
          .orderBy(desc(notices.id))
          .limit(1),
      ])
      return {
        canMail: sendMail !== undefined,
        isOn: row?.isOn ?? false,
        address: row?.verifiedAt ? row.address : null,
        pending: row?.pending ?? null,
        firstStep: row?.firstStep ?? STEPS[0],
        locations: row?.locations ?? null,
        zone: row?.zone ?? 'UTC',
        quietFrom: row?.quietFrom ?? null,
        quietUntil: row?.quietUntil ?? null,
        digestAt: row?.digestAt ?? null,
        waiting,
        failed,
        heldUntil: held?.until.toISOString() ?? null,
        problem: last?.problem ?? null,
      }
    },

    /** Stores the wishes; sends a code if the address is another than the verified one. */
    async change(account: string, change: NotificationsChange, reach: Reach) {
      const { address, ...chosen } = change
      requireZone(chosen.zone)
      const before = await find(account)
      // a summary waits for the next time of day, whatever was missed before
      const wishes = { ...chosen, reach, reachAt: now(), summedUpAt: now() }
      await db
        .insert(recipients)
        .values({
          account: account.toLowerCase(),
          address,
          verifiedAt: null,
          unsubscribe: newToken(),
          ...wishes,
        })
        .onConflictDoUpdate({ target: recipients.account, set: wishes })
      // what quiet hours held back is judged by the new ones
      const isHeld = and(
        inArray(notices.recipient, [account.toLowerCase(), ...(await browsersOf(account))]),
        eq(notices.state, 'waiting'),
        eq(notices.tries, 0),
      )
      await db.update(notices).set({ dueAt: now() }).where(isHeld)
      const isVerified = before?.verifiedAt != null && before.address === address
      if (!chosen.isOn || isVerified) {
        await db.update(recipients).set(NO_CODE).where(isOf(account))
        return
      }
      await sendCode(account, address)
    },

    /** Verifies the address that waits for this code. */
    async verify(account: string, code: string) {
      const row = await find(account)
      // counted before it is compared: guesses at the same moment count, too
      const counted = await db
        .update(recipients)
        .set({ codeTries: sql`${recipients.codeTries} + 1` })
        .where(and(isOf(account), lt(recipients.codeTries, TRIES_PER_CODE)))
        .returning({ codeUntil: recipients.codeUntil })
      const [{ codeUntil } = { codeUntil: null }] = counted
      if (row?.pending == null || codeUntil === null || codeUntil <= now()) {
        throw new Failed('bad_request', { reason: 'code_expired' })
      }
      if (row.codeHash !== hashOf(account, code)) {
        throw new Failed('bad_request', { reason: 'code_mismatch' })
      }
      await db
        .update(recipients)
        .set({ address: row.pending ?? row.address, verifiedAt: now(), ...NO_CODE })
        .where(isOf(account))
    },

    /** One press in a mail program, without a sign-in: the token is only in that person's mail. */
    async unsubscribe(token: string) {
      await db.update(recipients).set({ isOn: false }).where(eq(recipients.unsubscribe, token))
    },

    /** The locations that a person may see, noted for the notices that they will get. */
    async reachOf(account: SignedInAccount): Promise<Reach> {
      const note = async (reach: Reach) => {
        await db.update(recipients).set({ reach, reachAt: now() }).where(isOf(account.email))
        await noteReach(account.email, reach)
      }
      try {
        const reach = await reachOf(account)
        await note(reach)
        return reach
      } catch (error) {
        if (error instanceof Failed && error.code === 'permission_missing') await note([])
        throw error
      }
    },

    /** Adds somebody who is told without having asked, with an address that needs no code. */
    addVerified: (account: string, zone: string) =>
      add({ account, zone, reach: null, isOn: true, verifiedAt: now() }),

    /** Adds somebody who is told in a browser, and by mail once they ask for it. */
    addWithoutMail: (account: string, zone: string, reach: Reach) =>
      add({ account, zone, reach, isOn: false, verifiedAt: null }),
  }
}

/** Keeps the time of the last code, so that asking again and again sends no more. */
const NO_CODE = { pending: null, codeHash: null }

const newToken = () => randomBytes(24).toString('base64url')

const hashOf = (account: string, code: string) =>
  createHash('sha256').update(`${account.toLowerCase()} ${code}`).digest('hex')
