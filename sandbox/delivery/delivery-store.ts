import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray, notExists, sql } from 'drizzle-orm'
import * as z from 'zod/mini'

import type { Database } from '#platform/db/database.ts'
import { leaseIn } from '#platform/db/lease.ts'
import { furthest } from '#platform/db/spans.ts'
import type { OutboundResult } from '#platform/outbound/send.ts'
import { attempts, businesses, deliveries, events, stops, webhooks } from '#sandbox/db/tables.ts'
import { wireTime } from '#sandbox/wire/wire-time.ts'

import { LONGEST_WAIT_MS } from './schedule.ts'
import { chooseFairly, FOR_FAILING, PER_WEBHOOK, type Due } from './fair-choice.ts'
import {
  DELETED,
  judgeOrphan,
  judge,
  SWITCHED_OFF,
  type Fate,
  type Rules,
  type Standing,
  type Verdict,
} from './verdict.ts'

/** A delivery that this process has, with all that sending it needs. */
export type Claimed = {
  deliveryId: number
  attemptId: number
  webhookId: number
  claim: string
  tries: number
  url: string
  body: string
  sharedSecret: string | null
}

export type Finished = { claimed: Claimed; result: OutboundResult; at: Date }

/** A claim lasts this long unless its owner renews it. */
export const LEASE_MS = 60_000

const leaseAt = (now: Date) =>
  leaseIn({ claim: deliveries.claim, until: deliveries.leaseEndsAt }, LEASE_MS, () => now)

// one process at a time chooses, or two would each give a webhook its whole share
const CHOOSING_LOCK = 734_116

/** How many due deliveries are looked at to choose from. */
const CANDIDATES = 1_000

const WAITING = ['queued', 'retry'] as const

/**
 * Claims deliveries that are due, at most four at once for a webhook, and writes down an attempt
 * for each before anything is sent.
 */
export function claimDue(db: Database, free: number, now: Date): Promise<Claimed[]> {
  const claim = randomUUID()
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${CHOOSING_LOCK})`)
    const due = await takeableOf(tx, now)
    const chosen = chooseFairly(due, free)
    if (chosen.length === 0) return []

    const leaseEndsAt = leaseAt(now).end()
    const taken = await tx
      .update(deliveries)
      .set({ state: 'claimed', claim, leaseEndsAt, tries: sql`${deliveries.tries} + 1` })
      .where(and(inArray(deliveries.id, chosen), inArray(deliveries.state, WAITING)))
      .returning({ id: deliveries.id, webhookId: deliveries.webhookId })
    if (taken.length === 0) return []
    await tx.insert(attempts).values(
      taken.map(({ id, webhookId }) => ({
        deliveryId: id,
        webhookId,
        state: 'started' as const,
        startedAt: now,
      })),
    )
    return tx
      .select({
        deliveryId: deliveries.id,
        attemptId: attempts.id,
        webhookId: deliveries.webhookId,
        claim: sql<string>`${deliveries.claim}`,
        tries: deliveries.tries,
        url: webhooks.url,
        body: events.body,
        sharedSecret: businesses.sharedSecret,
      })
      .from(deliveries)
      .innerJoin(
        attempts,
        and(eq(attempts.deliveryId, deliveries.id), eq(attempts.state, 'started')),
      )
      .innerJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
      .innerJoin(events, eq(events.id, deliveries.eventId))
      .innerJoin(businesses, eq(businesses.id, webhooks.businessId))
      .where(
        inArray(
          deliveries.id,
          taken.map(({ id }) => id),
        ),
      )
  })
}

/**
 * What may be sent now: of each webhook the first few that are due, and none of a webhook that
 * has its share. However much waits for one, it is looked at no further than that, so that it
 * hides nobody else's.
 */
async function takeableOf(tx: Database, now: Date): Promise<Due[]> {
  const at = now.toISOString()
  const tooFar = furthest(LONGEST_WAIT_MS, now).toISOString()
  const { rows } = rowsSchema.parse(
    await tx.execute(sql`
      with busy as (
        select webhook_id, count(*) as running from ${deliveries}
        where state = 'claimed' group by webhook_id
      ), waiting as (
        select distinct webhook_id from ${deliveries}
        where state in ('queued', 'retry')
          and (next_attempt_at <= ${at} or next_attempt_at > ${tooFar})
      )
      select first.id, webhook.id as "webhookId", webhook.is_on_trial as "isOnTrial",
        webhook.error_count > 0 as "isFailing", coalesce(busy.running, 0) as running
      from waiting
      join ${webhooks} as webhook on webhook.id = waiting.webhook_id and webhook.active
      left join busy on busy.webhook_id = webhook.id
      cross join lateral (
        select id, next_attempt_at from ${deliveries} as own
        where own.webhook_id = webhook.id and own.state in ('queued', 'retry')
          and (own.next_attempt_at <= ${at} or own.next_attempt_at > ${tooFar})
        order by own.next_attempt_at, own.id limit ${PER_WEBHOOK}
      ) as first
      where coalesce(busy.running, 0) < case when webhook.is_on_trial then 1 else ${PER_WEBHOOK} end
        and (webhook.error_count = 0
          or (select coalesce(sum(running), 0) from busy) < ${FOR_FAILING})
      order by first.next_attempt_at, first.id
      limit ${CANDIDATES}`),
  )
  return rows
}

// one of the engines answers a bigint as a text
const whole = z.pipe(z.union([z.string(), z.number()]), z.transform(Number))
const rowsSchema = z.object({
  rows: z.array(
    z.object({
      id: whole,
      webhookId: whole,
      isOnTrial: z.boolean(),
      isFailing: z.boolean(),
      running: whole,
    }),
  ),
})

/** Remembers, with the transaction, to look again at these times. */
export type Remind = (tx: Database, at: readonly Date[]) => Promise<void>

/**
 * Writes down how attempts ended, with all that follows from it, in one transaction: the webhooks'
 * counts, the deliveries' fates, and the stop at the tenth failure in a row. An attempt that is
 * closed already (its claim ran out, or this is a repetition) changes nothing.
 */
export function settle(
  db: Database,
  finished: readonly Finished[],
  rules: Rules,
  remind: Remind,
): Promise<void> {
  return db.transaction(async (tx) => {
    const byAttempt = new Map(finished.map((one) => [one.claimed.attemptId, one]))
    // the webhooks first, as everybody who locks both does
    const webhookIds = [...new Set(finished.map(({ claimed }) => claimed.webhookId))]
    const rows = await tx
      .select()
      .from(webhooks)
      .where(inArray(webhooks.id, webhookIds))
      .orderBy(asc(webhooks.id))
      .for('update')
    const standings = new Map<number, Standing>(rows.map((row) => [row.id, row]))
    const open = await tx
      .select({ id: attempts.id })
      .from(attempts)
      .where(and(inArray(attempts.id, [...byAttempt.keys()]), eq(attempts.state, 'started')))
      .for('update')
    const isOpen = new Set(open.map(({ id }) => id))

    const judged = finished
      .filter(({ claimed }) => isOpen.has(claimed.attemptId))
      .map((one) => {
        const { claimed, result, at } = one
        const before = standings.get(claimed.webhookId)
        const wireAt = wireTime(at)
        const verdict = before
          ? judge(before, { result, tries: claimed.tries, at, wireAt }, rules)
          : judgeOrphan(result)
        if (before) standings.set(claimed.webhookId, verdict.standing)
        return { ...one, verdict }
      })
    if (judged.length === 0) return

    await writeAttempts(tx, judged)
    await writeStandings(tx, judged, standings)
    await remind(tx, await writeFates(tx, judged))
    const stopped = judged.filter(({ verdict }) => verdict.isStop)
    if (stopped.length > 0) await writeStops(tx, stopped)
  })
}

type Judged = Finished & { verdict: Verdict }

async function writeAttempts(tx: Database, judged: Judged[]) {
  const rows = judged.map(({ claimed, result, at, verdict }) => ({
    id: claimed.attemptId,
    state: verdict.attempt,
    is_counted: verdict.isCounted,
    finished_at: at.toISOString(),
    failure: result.isDelivered ? null : result.failure,
    status: result.measured.status ?? null,
    message: result.isDelivered ? null : result.message.slice(0, 500),
    duration_ms: result.measured.totalMs,
  }))
  await tx.execute(sql`
    update ${attempts} set
      state = done.state, is_counted = done.is_counted, finished_at = done.finished_at,
      failure = done.failure, status = done.status, message = done.message,
      duration_ms = done.duration_ms
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as done(
      id bigint, state text, is_counted boolean, finished_at timestamptz, failure text,
      status integer, message text, duration_ms integer)
    where ${attempts.id} = done.id`)
}

async function writeStandings(tx: Database, judged: Judged[], standings: Map<number, Standing>) {
  const moved = new Map(judged.map(({ claimed, at }) => [claimed.webhookId, at]))
  const rows = [...moved].flatMap(([id, at]) => {
    const standing = standings.get(id)
    return standing ? [{ id, ...standing, updatedOn: wireTime(at) }] : []
  })
  await tx.execute(sql`
    update ${webhooks} set
      active = moved."active", error_count = moved."errorCount", last_error = moved."lastError",
      last_trigger = moved."lastTrigger", is_on_trial = moved."isOnTrial",
      updated_on = moved."updatedOn"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as moved(
      id bigint, "active" boolean, "errorCount" integer, "lastError" text, "lastTrigger" text,
      "isOnTrial" boolean, "updatedOn" text)
    where ${webhooks.id} = moved.id`)
}

/** Gives every delivery its fate, and answers when those that wait are due again. */
async function writeFates(tx: Database, judged: Judged[]): Promise<Date[]> {
  const rows = judged.map(({ claimed, at, verdict: { fate } }) => ({
    id: claimed.deliveryId,
    claim: claimed.claim,
    state: fate.state,
    tries: fate.state === 'retry' ? fate.tries : claimed.tries,
    next_attempt_at: dueAt(fate, at).toISOString(),
    reason: 'reason' in fate ? fate.reason : null,
    finished_at: fate.state === 'retry' ? null : at.toISOString(),
  }))
  await tx.execute(sql`
    update ${deliveries} set
      state = fate.state, tries = fate.tries, next_attempt_at = fate.next_attempt_at,
      reason = fate.reason, finished_at = fate.finished_at, claim = null, lease_ends_at = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as fate(
      id bigint, claim text, state text, tries integer, next_attempt_at timestamptz, reason text,
      finished_at timestamptz)
    where ${deliveries.id} = fate.id and ${deliveries.claim} = fate.claim`)
  return judged.flatMap(({ at, verdict: { fate } }) =>
    fate.state === 'retry' ? [dueAt(fate, at)] : [],
  )
}

const dueAt = (fate: Fate, at: Date) =>
  fate.state === 'retry' ? new Date(at.getTime() + fate.waitMs) : at

async function writeStops(tx: Database, stopped: Judged[]) {
  await tx.insert(stops).values(
    stopped.map(({ claimed, at, verdict }) => ({
      webhookId: claimed.webhookId,
      attemptId: claimed.attemptId,
      at,
      errorCount: verdict.standing.errorCount,
    })),
  )
  const ids = stopped.map(({ claimed }) => claimed.webhookId)
  await parkWaiting(tx, ids)
}

/** Nothing that waits is lost when a webhook is switched off: it can be sent again afterwards. */
export async function parkWaiting(tx: Database, webhookIds: number[]) {
  // or it and a choosing process could each hold a delivery that the other waits for
  await tx.execute(sql`select pg_advisory_xact_lock(${CHOOSING_LOCK})`)
  await tx
    .update(deliveries)
    .set({ state: 'parked', reason: SWITCHED_OFF })
    .where(and(inArray(deliveries.webhookId, webhookIds), inArray(deliveries.state, WAITING)))
}

/** Whatever waits for a webhook that is deleted, has nowhere to go. */
export async function buryWaiting(tx: Database, webhookId: number, now: Date) {
  await tx
    .update(deliveries)
    .set({ state: 'dead', reason: DELETED, finishedAt: now })
    .where(
      and(eq(deliveries.webhookId, webhookId), inArray(deliveries.state, [...WAITING, 'parked'])),
    )
}

/** Only the owner can: whoever lost a claim learns that nothing was renewed. */
export async function renewClaims(db: Database, claimed: readonly Claimed[], now: Date) {
  if (claimed.length === 0) return
  await db
    .update(deliveries)
    .set({ leaseEndsAt: leaseAt(now).end() })
    .where(
      and(
        eq(deliveries.state, 'claimed'),
        inArray(deliveries.claim, [...new Set(claimed.map(({ claim }) => claim))]),
      ),
    )
}

/**
 * Takes back what a process had when it died: the attempt is closed as unknown, counts for
 * nothing, and the same event is sent again. Before `leaseEndedBy`; all of it where the database
 * has one process.
 */
export function takeBackClaims(db: Database, leaseEndedBy: Date | 'all', now: Date) {
  return db.transaction(async (tx) => {
    const lost = await tx
      .update(deliveries)
      .set({
        state: 'queued',
        claim: null,
        leaseEndsAt: null,
        tries: sql`greatest(${deliveries.tries} - 1, 0)`,
        nextAttemptAt: now,
      })
      .where(
        and(
          eq(deliveries.state, 'claimed'),
          leaseEndedBy === 'all' ? undefined : leaseAt(leaseEndedBy).isFree(),
        ),
      )
      .returning({ id: deliveries.id, webhookId: deliveries.webhookId })
    if (lost.length === 0) return 0
    await tx
      .update(attempts)
      .set({ state: 'unknown', finishedAt: now })
      .where(
        and(
          inArray(
            attempts.deliveryId,
            lost.map(({ id }) => id),
          ),
          eq(attempts.state, 'started'),
        ),
      )
    // of a webhook that is gone nobody else would ever look at them again
    await tx
      .update(deliveries)
      .set({ state: 'dead', reason: DELETED, finishedAt: now })
      .where(
        and(
          inArray(
            deliveries.id,
            lost.map(({ id }) => id),
          ),
          notExists(
            tx
              .select({ id: webhooks.id })
              .from(webhooks)
              .where(eq(webhooks.id, deliveries.webhookId)),
          ),
        ),
      )
    const idle = await tx
      .select({ id: webhooks.id })
      .from(webhooks)
      .where(
        and(
          inArray(
            webhooks.id,
            lost.map(({ webhookId }) => webhookId),
          ),
          eq(webhooks.active, false),
        ),
      )
    if (idle.length > 0) {
      await parkWaiting(
        tx,
        idle.map(({ id }) => id),
      )
    }
    return lost.length
  })
}
