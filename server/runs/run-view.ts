import type { ItemReason } from '#contract/desk/run-reason.ts'
import { titleOf } from '#contract/desk/run-title.ts'
import { RUN_ITEM_STATES, type Run, type RunItem } from '#contract/desk/run.ts'
import { diffOf } from '#server/changes/diff.ts'

import { isDuplicateOff } from './duplicates.ts'
import type { Counts, ItemRow } from './item-rows.ts'
import type { RunRow } from './run-rows.ts'

type Beside = {
  counts: Partial<Counts> | undefined
  undoneBy: number | undefined
  written: number | undefined
  perMinute: number
}

/** A run as people see it. It names the person, but not the session whose tokens it uses. */
export function runView(row: RunRow, { counts, undoneBy, written, perMinute }: Beside): Run {
  const { id, by, state, waitFor, waitUntil, current, undoes } = row
  return {
    id,
    title: titleOf(row),
    by,
    state,
    current,
    undoes,
    wait: waitFor && { for: waitFor, until: waitUntil?.toISOString() ?? null },
    counts: everyCount(counts),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    undoneBy: undoneBy ?? null,
    undoable: written ?? 0,
    perMinute,
  }
}

const reasonOf = ({ why, reason }: ItemRow): ItemReason | null =>
  why ?? (reason === null ? null : { is: 'other', text: reason })

function everyCount(counts: Partial<Counts> = {}): Counts {
  const all = RUN_ITEM_STATES.map((state) => [state, counts[state] ?? 0])
  // fromEntries loses the type of the keys
  return Object.fromEntries(all) as Counts
}

/** An item as people see it: its URLs are masked here, on the server. */
export function itemView(row: ItemRow, options: { hidesPaths: boolean }): RunItem {
  const { id, change, webhookId, state, isUnsure, before } = row
  const { kind } = change
  const after =
    kind === 'create' ? change.input : kind === 'change' ? { ...before, ...change.change } : null
  const shown: Record<string, unknown> = { ...after, ...before }
  return {
    id,
    kind,
    webhookId,
    state,
    reason: reasonOf(row),
    isUnsure,
    ...(kind === 'create' &&
      state === 'same' &&
      isDuplicateOff(before) && { isDuplicateOff: true }),
    name: typeof shown.Name === 'string' ? shown.Name : `Webhook ${webhookId}`,
    businessId: typeof shown.BusinessId === 'number' ? shown.BusinessId : null,
    action: typeof shown.Action === 'number' ? shown.Action : null,
    // if the record was never read, no difference is known
    diff:
      kind === 'create'
        ? diffOf(null, after, options)
        : before
          ? diffOf(before, after, options)
          : [],
  }
}
