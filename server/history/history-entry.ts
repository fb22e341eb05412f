import * as z from 'zod/mini'

import type { HistoryEntry } from '#contract/desk/history.ts'
import { titleOf } from '#contract/desk/run-title.ts'
import { FAILURE_LIMIT } from '#contract/nexudus/health.ts'
import { may, ROLE_TO, type Rights } from '#contract/nexudus/rights.ts'
import { webhookRowSchema } from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { diffOf } from '#server/changes/diff.ts'
import { inverseOf } from '#server/changes/inverse.ts'

import type { ChangeRow } from './history.ts'

/** An entry as this person may see it. */
export function historyEntryOf(row: ChangeRow, rights: Rights): HistoryEntry {
  const { id, kind, at, since, by, webhookId, businessId, before, after, runId, run } = row
  const last = { BusinessId: businessId, ...(after ?? before), Id: webhookId }
  // an unreadable field is left out, and the entry is shown all the same
  const shown = z.safeParse(webhookRowSchema, last).data
  const diff = diffOf(before, after, { hidesPaths: !may(rights, 'WebHook-Edit') })
  const inverse = inverseOf(row)
  return {
    id,
    kind,
    webhookId,
    runId,
    runTitle: run && titleOf(run),
    diff,
    at: at.toISOString(),
    since: since?.toISOString() ?? null,
    by: by || null,
    name: shown?.Name || `Webhook ${webhookId}`,
    businessId: shown?.BusinessId ?? businessId,
    action: shown?.Action ?? UNREAD_ACTION,
    stoppedAfter: kind === 'outside' ? stoppedAfter(diff, shown?.ErrorCount ?? 0) : null,
    isRevertible: inverse !== undefined && may(rights, ROLE_TO[inverse.kind]),
  }
}

/** The failure count, if the only change is a switch-off, which Nexudus makes by itself. */
function stoppedAfter(diff: HistoryEntry['diff'], errorCount: number): number | null {
  const [only, ...others] = diff
  const isSwitchedOff = only?.field === 'Active' && only.to === 'false' && others.length === 0
  return isSwitchedOff && errorCount >= FAILURE_LIMIT ? errorCount : null
}
