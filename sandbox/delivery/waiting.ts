import { and, eq, inArray, sql } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { deliveries } from '#sandbox/db/tables.ts'

import { DELETED, SWITCHED_OFF } from './verdict.ts'

// one process at a time chooses, or two would each give a webhook its whole share
export const CHOOSING_LOCK = 734_116

/** The states of a delivery that is to be sent. */
export const WAITING = ['queued', 'retry'] as const

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
