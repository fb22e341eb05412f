import type { Logger } from 'pino'

import type { PauseState } from '#contract/desk/pauses.ts'
import type { Facts } from '#contract/nexudus/health.ts'
import type { Webhook } from '#contract/nexudus/webhook.ts'
import type { Database } from '#platform/db/database.ts'
import { createClaimedWork } from '#platform/db/claimed-work.ts'
import { Failed } from '#platform/http/failure.ts'
import { addAnswer } from '#server/alerts/add-notice.ts'
import type { Changes } from '#server/changes/changes.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { findRecord } from '#server/nexudus/webhook-records.ts'

import type { PauseRow, PauseStore } from './pause-store.ts'
import { isStillPaused, isSwitchedSince } from './still-paused.ts'

export type ResumeOptions = {
  db: Database
  store: PauseStore
  now: () => Date
  log: Logger
  changes: Pick<Changes, 'change'>
  /** The watch's account, if it may switch webhooks. */
  watchEditor: () => Promise<SignedInAccount | undefined>
  factsOf: (account: SignedInAccount, webhook: Webhook) => Promise<Facts>
  placeOf: (businessId: number) => Promise<string>
  /** Called once something is in the outbox. */
  onTold: () => Promise<void>
}

/** In milliseconds. */
const AGAIN_AFTER_MS = 60_000
const GIVEN_UP_AFTER_MS = 24 * 3_600_000

/**
 * Ends the pauses whose time has come, one after the other, with the watch's account. A pause is a
 * fact, not a timer: only a webhook that is off by its author's own hand since then is switched on.
 */
export function createPauseEnds(options: ResumeOptions) {
  const { db, store, now, log, changes, watchEditor, factsOf, placeOf, onTold } = options
  async function end(row: PauseRow) {
    let state: PauseState
    try {
      state = await resume(row)
    } catch (error) {
      const problem = error instanceof Failed ? error.code : 'internal'
      log.warn({ webhook: row.webhookId, problem }, 'a pause could not be ended')
      const isOld = now().getTime() - row.until.getTime() > GIVEN_UP_AFTER_MS
      if (!isOld) {
        await store.putOff(row, problem, new Date(now().getTime() + AGAIN_AFTER_MS))
        return
      }
      state = 'failed'
    }
    await settle(row, state)
  }

  async function resume(row: PauseRow): Promise<PauseState> {
    const { webhookId, key } = row
    const account = await watchEditor()
    if (!account) return 'no_right'
    const record = await findRecord(account.call, webhookId)
    if (!record) return 'gone'
    const { webhook } = record
    // somebody was faster
    if (webhook.Active) return 'resumed'
    const facts = await factsOf(account, webhook)
    // off since before somebody asked: there was nothing to pause, so there is nothing to resume
    if (!isSwitchedSince(row, facts)) return 'resumed'
    const switches = (await store.countSwitches([webhookId])).get(webhookId) ?? 0
    if (!isStillPaused({ ...row, switches }, facts)) return 'touched'
    const request = { seen: { Active: false }, change: { Active: true } }
    await changes.change(account, key, webhookId, request)
    return 'resumed'
  }

  async function settle(row: PauseRow, state: PauseState) {
    const location = await placeOf(row.businessId)
    const hasTold = await db.transaction(async (tx) => {
      if (!(await store.settle(tx, row, state)) || state === 'resumed') return false
      await addAnswer(tx, {
        kind: 'not-resumed',
        webhook: { webhookId: row.webhookId, businessId: row.businessId, name: row.name, location },
        by: row.by,
        key: row.key,
        content: {
          since: row.askedAt.toISOString(),
          until: row.until.toISOString(),
          trouble: state,
        },
        now: now(),
      })
      return true
    })
    if (hasTold) await onTold()
  }

  return createClaimedWork<PauseRow>({
    claim: store.claimDue,
    renew: store.renew,
    act: end,
    log,
    name: 'ending pauses',
  })
}
