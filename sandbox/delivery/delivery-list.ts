import { and, count, desc, eq, inArray, lt, notInArray, sql } from 'drizzle-orm'

import type { Attempt, Delivery } from '#contract/desk/sandbox.ts'
import type { Database } from '#platform/db/database.ts'
import { attempts, deliveries, events, stops, webhooks } from '#sandbox/db/tables.ts'

const PAGE = 100

/** The latest deliveries, newest first, each with its attempts; of one webhook or of all. */
export async function listDeliveries(
  db: Database,
  { webhookId, eventId }: { webhookId?: number | undefined; eventId?: number | undefined },
): Promise<Delivery[]> {
  const rows = await db
    .select({
      id: deliveries.id,
      eventId: deliveries.eventId,
      webhookId: deliveries.webhookId,
      webhookName: webhooks.name,
      businessId: events.businessId,
      action: events.action,
      at: events.at,
      state: deliveries.state,
      tries: deliveries.tries,
      nextAttemptAt: deliveries.nextAttemptAt,
      reason: deliveries.reason,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .leftJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
    .where(
      and(
        webhookId === undefined ? undefined : eq(deliveries.webhookId, webhookId),
        eventId === undefined ? undefined : eq(deliveries.eventId, eventId),
      ),
    )
    .orderBy(desc(deliveries.id))
    .limit(PAGE)
  const ofDelivery = await attemptsOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    nextAttemptAt:
      row.state === 'queued' || row.state === 'retry' ? row.nextAttemptAt.toISOString() : null,
    attempts: ofDelivery.get(row.id) ?? [],
  }))
}

async function attemptsOf(db: Database, ids: number[]): Promise<Map<number, Attempt[]>> {
  const byDelivery = new Map<number, Attempt[]>()
  if (ids.length === 0) return byDelivery
  const rows = await db
    .select()
    .from(attempts)
    .where(inArray(attempts.deliveryId, ids))
    .orderBy(attempts.id)
  for (const { deliveryId, id, state, startedAt, durationMs, failure, status, message } of rows) {
    const attempt = { id, state, startedAt: startedAt.toISOString() }
    const list = byDelivery.get(deliveryId) ?? []
    list.push({ ...attempt, durationMs, failure, status, message })
    byDelivery.set(deliveryId, list)
  }
  return byDelivery
}

/**
 * Counts for every webhook that ever had a delivery: deliveries by state, and attempts by result.
 * Every accepted event is delivered, waiting, parked or dead; none is lost between these states.
 */
export async function tally(db: Database) {
  const states = await db
    .select({ webhookId: deliveries.webhookId, state: deliveries.state, rows: count() })
    .from(deliveries)
    .groupBy(deliveries.webhookId, deliveries.state)
  const ends = await db
    .select({
      webhookId: attempts.webhookId,
      state: attempts.state,
      isCounted: attempts.isCounted,
      rows: count(),
    })
    .from(attempts)
    .groupBy(attempts.webhookId, attempts.state, attempts.isCounted)
  const stopRows = await db
    .select({ webhookId: stops.webhookId, rows: count() })
    .from(stops)
    .groupBy(stops.webhookId)

  const ids = [...new Set(states.map(({ webhookId }) => webhookId))].toSorted((a, b) => a - b)
  const sum = (rows: { rows: number }[]) => rows.reduce((total, { rows: more }) => total + more, 0)
  return ids.map((webhookId) => {
    const own = states.filter((row) => row.webhookId === webhookId)
    const tries = ends.filter((row) => row.webhookId === webhookId)
    const inState = (...wanted: Delivery['state'][]) =>
      sum(own.filter(({ state }) => wanted.includes(state)))
    return {
      webhookId,
      accepted: sum(own),
      delivered: inState('delivered'),
      waiting: inState('queued', 'claimed', 'retry'),
      parked: inState('parked'),
      dead: inState('dead'),
      attempts: {
        succeeded: sum(tries.filter(({ state }) => state === 'succeeded')),
        failed: sum(tries.filter(({ state }) => state === 'failed')),
        counted: sum(tries.filter((row) => row.state === 'failed' && row.isCounted)),
        unknown: sum(tries.filter(({ state }) => state === 'unknown')),
      },
      stops: sum(stopRows.filter((row) => row.webhookId === webhookId)),
    }
  })
}

/**
 * Sends a delivery again, with a new series of attempts. A waiting delivery is only brought
 * forward; one that is being sent is left alone. Returns false if the delivery or its webhook does
 * not exist.
 */
export async function sendAgain(db: Database, id: number, now: Date): Promise<boolean> {
  const [row] = await db
    .update(deliveries)
    .set({ state: 'queued', tries: 0, nextAttemptAt: now, reason: null, finishedAt: null })
    .where(
      and(
        eq(deliveries.id, id),
        sql`${deliveries.state} <> 'claimed'`,
        inArray(
          deliveries.webhookId,
          db.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.active, true)),
        ),
      ),
    )
    .returning({ id: deliveries.id })
  return row !== undefined
}

/** Deletes everything finished before this time: events, their deliveries and their attempts. */
export async function forgetFinished(db: Database, before: Date) {
  await db.transaction(async (tx) => {
    const old = tx
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(
        and(inArray(deliveries.state, ['delivered', 'dead']), lt(deliveries.finishedAt, before)),
      )
    await tx.delete(attempts).where(inArray(attempts.deliveryId, old))
    await tx.delete(deliveries).where(inArray(deliveries.id, old))
    // includes events for which no webhook was listening
    const needed = tx.select({ id: deliveries.eventId }).from(deliveries)
    await tx.delete(events).where(and(lt(events.at, before), notInArray(events.id, needed)))
  })
}

/** Sends all parked deliveries of a webhook again, or gives them all up. Returns their number. */
export async function settleParked(
  db: Database,
  webhookId: number,
  act: 'replay' | 'drop',
  now: Date,
): Promise<number> {
  const fate =
    act === 'replay'
      ? { state: 'queued' as const, tries: 0, nextAttemptAt: now, reason: null, finishedAt: null }
      : { state: 'dead' as const, reason: 'Dropped by hand.', finishedAt: now }
  const settled = await db
    .update(deliveries)
    .set(fate)
    .where(and(eq(deliveries.webhookId, webhookId), eq(deliveries.state, 'parked')))
    .returning({ id: deliveries.id })
  return settled.length
}
