import { randomUUID } from 'node:crypto'

import { and, eq, inArray, notExists, sql } from 'drizzle-orm'
import * as z from 'zod/mini'

import type { Database } from '#platform/db/database.ts'
import { leaseIn } from '#platform/db/lease.ts'
import { furthest } from '#platform/db/spans.ts'
import { attempts, businesses, deliveries, events, webhooks } from '#sandbox/db/tables.ts'

import { chooseFairly, FOR_FAILING, PER_WEBHOOK, type Due } from './fair-choice.ts'
import { LONGEST_WAIT_MS } from './schedule.ts'
import { DELETED } from './verdict.ts'
import { CHOOSING_LOCK, parkWaiting, WAITING } from './waiting.ts'

/** A delivery that this process has claimed, with all data for sending it. */
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

/** In milliseconds; a claim lasts this long unless its owner renews it. */
export const LEASE_MS = 60_000

const leaseAt = (now: Date) =>
  leaseIn({ claim: deliveries.claim, until: deliveries.leaseEndsAt }, LEASE_MS, () => now)

/** Due deliveries that are considered in one choice. */
const CANDIDATES = 1_000

/**
 * Claims due deliveries, at most four at once for a webhook, and records an attempt for each before
 * anything is sent.
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
 * Deliveries that may be sent now: for each webhook the first few that are due, and none for a
 * webhook that has its share. No more are read for one webhook, so that its queue hides nobody
 * else's.
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

// one of the engines returns a bigint as text
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

/** Only the owner can renew: a process that lost its claim learns that nothing was renewed. */
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
 * Takes back the claims of a process that died: closes each attempt as unknown, without counting
 * it, and sends the same event again. Takes claims that ended before `leaseEndedBy`, or `all` if
 * the database has only one process.
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
    // if the webhook is gone, no process would ever look at these again
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
