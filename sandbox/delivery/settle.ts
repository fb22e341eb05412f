import { and, asc, eq, inArray, sql } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import type { OutboundResult } from '#platform/outbound/send.ts'
import { attempts, deliveries, stops, webhooks } from '#sandbox/db/tables.ts'
import { wireTime } from '#sandbox/wire/wire-time.ts'

import type { Claimed } from './claims.ts'
import {
  judge,
  judgeOrphan,
  type Fate,
  type Rules,
  type Standing,
  type Verdict,
} from './verdict.ts'
import { parkWaiting } from './waiting.ts'

export type Finished = { claimed: Claimed; result: OutboundResult; at: Date }

/** Orders, within the transaction, another look for due deliveries at these times. */
export type Remind = (tx: Database, at: readonly Date[]) => Promise<void>

/**
 * Records the results of attempts with all their effects, in one transaction: the webhooks' counts,
 * the deliveries' fates, and the stop at the tenth failure in a row. An attempt that is closed
 * already (its claim expired, or this is a repetition) changes nothing.
 */
export function settle(
  db: Database,
  finished: readonly Finished[],
  rules: Rules,
  remind: Remind,
): Promise<void> {
  return db.transaction(async (tx) => {
    const byAttempt = new Map(finished.map((one) => [one.claimed.attemptId, one]))
    // the webhooks first: everybody who locks both kinds of row keeps this order
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

/** Writes every delivery's fate; returns the times when waiting deliveries are due again. */
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
