import { createClaimedWork } from '#platform/db/claimed-work.ts'
import { Failed } from '#platform/http/failure.ts'
import { addAnswer } from '#server/alerts/add-notice.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { findRecord } from '#server/nexudus/webhook-records.ts'

import type { ResumeOptions } from './resume.ts'
import type { WindowRow, WindowStore } from './window-store.ts'

type BeginOptions = Omit<ResumeOptions, 'factsOf'> & { windows: WindowStore }

/** In milliseconds. */
const AGAIN_AFTER_MS = 60_000

/**
 * Begins the windows whose time has come: what is on gets a pause until the window's end, and is
 * switched off by the watch's account. What is off stays as it is, and is not resumed.
 */
export function createWindowBegins(options: BeginOptions) {
  const { db, store, windows, now, log, changes, watchEditor, placeOf, onTold } = options
  async function begin(row: WindowRow) {
    if (now() >= row.endsAt) return finish(row, row.problem ?? 'missed')
    let account: SignedInAccount | undefined
    try {
      account = await watchEditor()
    } catch (error) {
      return again(row, codeOf(error))
    }
    if (!account) return finish(row, 'no_right')
    let problem: string | null = null
    for (const webhook of row.webhooks) {
      if (worker.isStopping()) return again(row, null)
      // somebody may end it while its first webhooks are paused
      if (!(await windows.isStillHeld(row))) return
      try {
        await pause(account, row, webhook)
      } catch (error) {
        problem = codeOf(error)
        log.warn({ webhook: webhook.webhookId, problem }, 'a webhook of a window was not paused')
      }
    }
    return problem === null ? finish(row, null) : again(row, problem)
  }

  /** Pauses a webhook once in each window, even if it is tried again. */
  async function pause(
    account: SignedInAccount,
    { id: windowId, by, reason, beginsAt, endsAt }: WindowRow,
    webhook: WindowRow['webhooks'][number],
  ) {
    const { webhookId } = webhook
    const known = await store.find(webhookId)
    if (known?.windowId === windowId && known.until.getTime() === endsAt.getTime()) {
      const switches = (await store.countSwitches([webhookId])).get(webhookId) ?? 0
      // paused before; if somebody switched it after that, that stands
      if (known.state !== 'waiting' || switches > 0) return
    } else {
      const record = await findRecord(account.call, webhookId)
      if (!record) return
      if (!record.webhook.Active) {
        // off in an earlier window that this one outlasts
        await store.extend(webhookId, endsAt)
        return
      }
      const row = { ...webhook, by, askedAt: now(), pausedBy: account.email, windowId }
      await store.add([row], { until: endsAt, reason })
    }
    const key = `window ${windowId} ${beginsAt.toISOString()} ${webhookId}`
    const request = { seen: { Active: true }, change: { Active: false } }
    try {
      await changes.change(account, key, webhookId, request)
    } catch (error) {
      // gone or switched in between: there is nothing to pause
      const isOver =
        error instanceof Failed && (error.code === 'edit_conflict' || error.code === 'not_found')
      if (!isOver) throw error
    }
  }

  const again = (row: WindowRow, problem: string | null) =>
    windows.putOff(row, problem, new Date(now().getTime() + AGAIN_AFTER_MS))

  async function finish(row: WindowRow, problem: string | null) {
    const [first] = row.webhooks
    const location = first ? await placeOf(first.businessId) : ''
    const hasTold = await db.transaction(async (tx) => {
      const isFinished = await windows.finish(tx, row, problem)
      if (!isFinished || problem === null || !first) return false
      await addAnswer(tx, {
        kind: 'not-paused',
        webhook: { ...first, location },
        more: row.webhooks.length - 1,
        by: row.by,
        key: `${row.id} ${row.beginsAt.toISOString()}`,
        content: {
          since: row.beginsAt.toISOString(),
          until: row.endsAt.toISOString(),
          trouble: problem,
        },
        now: now(),
      })
      return true
    })
    if (hasTold) await onTold()
  }

  const worker = createClaimedWork<WindowRow>({
    claim: windows.claimDue,
    renew: windows.renew,
    act: begin,
    log,
    name: 'beginning windows',
  })
  return worker
}

const codeOf = (error: unknown) => (error instanceof Failed ? error.code : 'internal')
