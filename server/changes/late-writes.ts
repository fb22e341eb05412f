import type { Webhook } from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Intent, LateWrite, SentWrite } from '#server/intents/intent.ts'
import type { Intents } from '#server/intents/intents.ts'
import { asRow, type Read } from '#server/nexudus/webhook-records.ts'

import { isApplied } from './applied.ts'
import { isUnknown, rereadOr, tookTooLong, unsaved, wasCutOff } from './lost-answer.ts'

/** Interval between looks for a write that has not arrived yet. */
const LOOK_AGAIN_MS = 5_000

type Sending = {
  webhookId: number
  before: Record<string, unknown>
  what: Pick<SentWrite, 'by' | 'runId' | 'change'>
  /** Call before sending; fails if the turn was lost. */
  holdOn: () => Promise<void>
}

export type LateWrites = ReturnType<typeof createLateWrites>

/**
 * Changes and deletes whose answer was lost. Nexudus may still carry them out, and overwrite newer
 * values; so while one may still arrive, nothing else is written to its webhook.
 */
export function createLateWrites(
  intents: Pick<Intents, 'findLate' | 'finishLate' | 'noteWrite' | 'noteUnanswered'>,
) {
  return {
    /**
     * Notes in the history which of these writes have arrived, judged by the current record. Fails
     * with `in_progress` if one may still arrive, unless the request is the same write. Returns
     * true if the requested write has arrived.
     */
    async settle(intent: Intent, webhookId: number, now: Read | undefined): Promise<boolean> {
      const writes = await intents.findLate(webhookId)
      const arrived = writes.filter((write) => hasArrived(write, now))
      for (const write of arrived) await intents.finishLate(write, entryOf(write, webhookId, now))

      const own = arrived.find(({ key }) => key === intent.key)
      if (own) {
        if (own.fingerprint === intent.fingerprint) return true
        if (now) throw keyReused(now.webhook)
      }
      const inTheWay = writes.find((write) => !arrived.includes(write) && !isSame(write, intent))
      if (inTheWay && now) throw mayArrive(inTheWay, intent)
      return false
    },

    /**
     * Sends a change or a delete. Returns true if no answer came, but the record shows that it was
     * done.
     */
    async send(
      intent: Intent,
      { webhookId, before, what, holdOn }: Sending,
      { write, isDone }: { write: () => Promise<unknown>; isDone: () => Promise<boolean> },
    ): Promise<boolean> {
      const sent = await intents.noteWrite(intent, webhookId, before, what)
      await holdOn()
      const earlierUntil = intent.mayArriveUntil
      try {
        await write()
        return false
      } catch (error) {
        if (!isUnknown(error)) throw error
        const isLate = tookTooLong(error)
        // noted before the search, so that nobody overwrites it meanwhile
        if (isLate || wasCutOff(error)) {
          await intents.noteUnanswered(intent, { ...sent, isCutOff: !isLate })
        }
        if (!(await rereadOr(error, isDone))) throw unsaved(error)
        intent.mayArriveUntil = earlierUntil
        return true
      }
    },
  }
}

/** True if the write has certainly arrived; of several under one key, nobody can tell which. */
function hasArrived({ isOpen, write }: LateWrite, now: Read | undefined): boolean {
  if (!isOpen || write.isRepeat) return false
  if (write.change === null) return now === undefined
  return now !== undefined && isApplied(now.webhook, write.change)
}

const isSame = ({ key, fingerprint, write }: LateWrite, intent: Intent) =>
  key === intent.key && fingerprint === intent.fingerprint && write.isCutOff

function entryOf({ write, before }: LateWrite, webhookId: number, now: Read | undefined) {
  const { by, runId, change } = write
  const kind = change === null ? ('delete' as const) : ('change' as const)
  const businessId = now?.webhook.BusinessId ?? Number(before?.BusinessId)
  const after = change === null || !now ? null : asRow(now)
  return { kind, by, runId, webhookId, businessId, before, after }
}

/**
 * The failure for an earlier save under this key that did happen, with other values; so the values
 * seen are out of date.
 */
export const keyReused = (current: Webhook) => new Failed('key_reused', { current })

function mayArrive({ key, write, until, leftMs }: LateWrite, intent: Intent): Failed {
  const { by, change, at: sentAt } = write
  const kind = change === null ? 'deletion' : 'change'
  return new Failed('in_progress', {
    reason: 'late_write',
    retryAfterMs: Math.min(leftMs, LOOK_AGAIN_MS),
    mayArrive: { kind, by, sentAt, until: until.toISOString() },
    ...(key === intent.key && { outcome: 'unsaved' as const }),
  })
}
