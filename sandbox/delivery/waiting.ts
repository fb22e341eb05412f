import { and, eq, inArray, sql } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { deliveries } from '#sandbox/db/tables.ts'

import { DELETED, SWITCHED_OFF } from './verdict.ts'

// one process at a time chooses, or two would each give a webhook its whole share
export const CHOOSING_LOCK = 734_116

/** The states of a delivery that is still to be sent. */
export const WAITING = ['queued', 'retry'] as const

/**
 * Parks waiting deliveries when a webhook is switched off: none is lost, and each can be sent
 * again.
 */
export async function parkWaiting(tx: Database, webhookIds: number[]) {
  // without this lock, a choosing process and this one could deadlock over deliveries
  await tx.execute(sql`select pg_advisory_xact_lock(${CHOOSING_LOCK})`)
  await tx
    .update(deliveries)
    .set({ state: 'parked', reason: SWITCHED_OFF })
    .where(and(inArray(deliveries.webhookId, webhookIds), inArray(deliveries.state, WAITING)))
}

/** Ends all waiting deliveries of a deleted webhook: they have nowhere to go. */
export async function buryWaiting(tx: Database, webhookId: number, now: Date) {
  await tx
    .update(deliveries)
    .set({ state: 'dead', reason: DELETED, finishedAt: now })
    .where(
      and(eq(deliveries.webhookId, webhookId), inArray(deliveries.state, [...WAITING, 'parked'])),
    )
}
