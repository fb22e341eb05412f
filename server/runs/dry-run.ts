import { blockOf, type TargetPolicy } from '#contract/address/address-findings.ts'
import type { ItemReason } from '#contract/desk/run-reason.ts'
import type { RunChange } from '#contract/desk/run.ts'
import { duplicateKey } from '#contract/nexudus/duplicate.ts'
import { may, ROLE_TO } from '#contract/nexudus/rights.ts'
import { EDITABLE_FIELDS, type WebhookInput, type WebhookRow } from '#contract/nexudus/webhook.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import { duplicateFound, type ReadFields } from './duplicates.ts'
import type { Finding } from './item-rows.ts'

/** True if a row of the list is not enough, because it lacks the description. */
export const needsWhole = (change: RunChange): boolean =>
  change.kind !== 'create' &&
  ((change.kind === 'change' && 'Description' in change.change) ||
    (change.seen !== undefined && 'Description' in change.seen))

/** The finding for an item that is barred before anything is read. */
export function barredBy(
  change: RunChange,
  maker: SignedInAccount,
  targets: TargetPolicy,
): ItemReason | null {
  const role = ROLE_TO[change.kind]
  if (!may(maker.rights, role)) return { is: 'role-missing', role }
  if (change.kind === 'delete') return null

  const { BusinessId, URL } = change.kind === 'create' ? change.input : change.change
  if (BusinessId !== undefined && maker.locations && !maker.locations.includes(BusinessId)) {
    return { is: 'location-missing' }
  }
  const block = URL === undefined ? undefined : blockOf(URL, targets)
  return block ? { is: 'url-blocked', code: block.code, about: block.about } : null
}

type Create = Extract<RunChange, { kind: 'create' }>

/** The effect of a create, given all existing webhooks. */
export function checkCreate({ input, restores }: Create, known: Duplicates): Finding {
  const key = duplicateKey(input) ?? ''
  const there = known.get(key) ?? []
  // the deleted webhook may have had duplicates itself: only one with its own name replaces it
  const duplicates = there.filter((one) => restores === undefined || one?.Name === input.Name)
  // a duplicate that is on comes first: beside it, none that is off should be switched on
  const duplicate = duplicates.find((one) => one?.Active) ?? duplicates[0]
  if (duplicate === undefined) {
    known.set(key, [...there, null])
    return { state: 'ready' }
  }
  return duplicate === null
    ? { state: 'same', why: { is: 'duplicate-in-run' } }
    : { state: 'same', ...duplicateFound(duplicate) }
}

/** The effect of a change or a delete on the current record. */
export function checkExisting(
  item: Exclude<RunChange, { kind: 'create' }>,
  before: ReadFields,
  savedBy: string | null,
): Finding {
  const wanted: ReadFields = item.kind === 'change' ? item.change : {}
  const isThere = (field: keyof WebhookInput) => before[field] === wanted[field]
  const asked = EDITABLE_FIELDS.filter((field) => field in wanted)
  if (item.kind === 'change' && asked.every(isThere)) return { state: 'same', before }

  const seen = item.seen ?? {}
  const moved = EDITABLE_FIELDS.filter(
    (field) =>
      field in seen && seen[field] !== before[field] && !(field in wanted && isThere(field)),
  )
  if (moved.length > 0) {
    return { state: 'conflict', why: { is: 'changed', fields: moved, by: savedBy }, before }
  }
  return { state: 'ready', before }
}

/** Webhooks by their `duplicateKey`; `null` stands for one that this run is going to create. */
export type Duplicates = Map<string, (WebhookRow | null)[]>

export function duplicatesAmong(rows: Iterable<WebhookRow>): Duplicates {
  const duplicates: Duplicates = new Map()
  for (const row of rows) {
    const key = duplicateKey(row)
    if (key !== undefined) duplicates.set(key, [...(duplicates.get(key) ?? []), row])
  }
  return duplicates
}
