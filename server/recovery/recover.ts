import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'

import { CHECKS_NEEDED, RESTARTS_A_WEEK } from '#contract/desk/recovery.ts'
import { healthOf, type Facts } from '#contract/nexudus/health.ts'
import type { Webhook } from '#contract/nexudus/webhook.ts'
import type { Database } from '#platform/db/database.ts'
import { createClaimedWork } from '#platform/db/claimed-work.ts'
import { Failed } from '#platform/http/failure.ts'
import { addAnswer } from '#server/alerts/add-notice.ts'
import type { KindOfOne } from '#server/alerts/notices.ts'
import type { Changes } from '#server/changes/changes.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { findRecord } from '#server/nexudus/webhook-records.ts'
import { countStops, OFTEN } from '#server/watch/stops.ts'

import { lately, type RecoveryRow, type RecoveryStore } from './recovery-store.ts'

export type RecoverOptions = {
  db: Database
  store: RecoveryStore
  now: () => Date
  log: Logger
  changes: Pick<Changes, 'change'>
  /** The watch's account, if it may switch webhooks. */
  watchEditor: () => Promise<SignedInAccount | undefined>
  factsOf: (account: SignedInAccount, webhook: Webhook) => Promise<Facts>
  placeOf: (businessId: number) => Promise<string>
  /** Checks a URL; returns why it is not good, if it is not. */
  check: (url: string) => Promise<string | null>
  /** Called once something is in the outbox. */
  onTold: () => Promise<void>
}

const MINUTE_MS = 60_000

/** Three good checks take half an hour: a receiver that has just come back may go again. */
const CHECK_AGAIN_MS = 10 * MINUTE_MS

/** For what a person has to change first, or a week has to pass for. */
const LATER_MS = 60 * MINUTE_MS

/** The result of one try. */
type Outcome = {
  change: Partial<RecoveryRow>
  told?: KindOfOne
}

/**
 * Switches stopped webhooks on by themselves, for those who asked for it: after three good checks in a
 * row, twice a week at most, and never again after the third stop within a week.
 */
export function createRecover(options: RecoverOptions) {
  const { db, store, now, log, changes, watchEditor, factsOf, placeOf, check, onTold } = options
  const later = (ms: number) => new Date(now().getTime() + ms)
  const putOff = (problem: string, ms = LATER_MS): Outcome => ({
    change: { ...AFRESH, key: randomUUID(), problem, dueAt: later(ms) },
  })

  async function tryOnce(row: RecoveryRow): Promise<Outcome> {
    try {
      return await recover(row)
    } catch (error) {
      const problem = error instanceof Failed ? error.code : 'internal'
      log.warn({ webhook: row.webhookId, problem }, 'a webhook could not be switched on by itself')
      return { change: { problem, dueAt: later(CHECK_AGAIN_MS) } }
    }
  }

  async function recover(row: RecoveryRow): Promise<Outcome> {
    const account = await watchEditor()
    if (!account) return putOff('no_right')
    if (!row.isSwitching) {
      const { webhookId, askedAt } = row
      const stops = await countStops(db, [webhookId], { now: now(), since: askedAt })
      if ((stops.get(webhookId) ?? 0) >= OFTEN) {
        return {
          change: { isOn: false, problem: 'too_often', goodChecks: 0 },
          told: 'recovery-ended',
        }
      }
      if (lately(row.restarts, now()).length >= RESTARTS_A_WEEK) return putOff('twice_a_week')
    }
    const record = await findRecord(account.call, row.webhookId)
    if (!record) return putOff('gone')
    const { webhook } = record
    // a process died between the change and its note, and the change was made
    if (row.isSwitching && webhook.Active) return switchOn(row, account)
    const facts = await factsOf(account, webhook)
    // somebody was faster, or paused it
    if (healthOf(webhook, facts, now().getTime()).state !== 'stopped') {
      return putOff('not_stopped', CHECK_AGAIN_MS)
    }
    if (row.isSwitching) return switchOn(row, account)

    const problem = await check(webhook.URL)
    const checked = { problem, checkedAt: now(), dueAt: later(CHECK_AGAIN_MS) }
    if (problem !== null) return { change: { ...checked, goodChecks: 0 } }
    const goodChecks = row.goodChecks + 1
    if (goodChecks < CHECKS_NEEDED) return { change: { ...checked, goodChecks } }
    // the check took a while
    const isStillAsked = await store.beginSwitch(row, { goodChecks, checkedAt: now() })
    return isStillAsked ? switchOn(row, account) : { change: {} }
  }

  async function switchOn(row: RecoveryRow, account: SignedInAccount): Promise<Outcome> {
    const request = { seen: { Active: false }, change: { Active: true } }
    // by then the watch has looked
    const dueAt = later(CHECK_AGAIN_MS)
    try {
      await changes.change(account, row.key, row.webhookId, request)
    } catch (error) {
      // somebody changed it in between: whatever they did stands
      if (!(error instanceof Failed) || error.code !== 'edit_conflict') throw error
      return { change: { ...AFRESH, key: randomUUID(), problem: 'not_stopped', dueAt } }
    }
    const restarts = [...lately(row.restarts, now()), now().toISOString()]
    return {
      change: { ...AFRESH, key: randomUUID(), problem: null, restarts, dueAt },
      told: 'restarted',
    }
  }

  async function settle(row: RecoveryRow, { change, told }: Outcome) {
    const location = await placeOf(row.businessId)
    const hasTold = await db.transaction(async (tx) => {
      if (!(await store.release(tx, row, change)) || !told) return false
      await addAnswer(tx, {
        kind: told,
        webhook: { webhookId: row.webhookId, businessId: row.businessId, name: row.name, location },
        by: row.by,
        key: row.key,
        content: { since: now().toISOString(), by: row.by },
        now: now(),
      })
      return true
    })
    if (hasTold) await onTold()
  }

  return createClaimedWork<RecoveryRow>({
    claim: store.claimDue,
    renew: store.renew,
    act: async (row) => settle(row, await tryOnce(row)),
    log,
    name: 'recovering webhooks',
  })
}

const AFRESH = { isSwitching: false, goodChecks: 0 }
