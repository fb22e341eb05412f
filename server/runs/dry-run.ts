import { blockOf, type TargetPolicy } from '#contract/address/address-findings.ts'
import { trimAddress } from '#contract/address/address-text.ts'
import type { SignedIn } from '#contract/desk/desk.ts'
import type { RunChange } from '#contract/desk/run.ts'
import { may, ROLE_TO } from '#contract/nexudus/rights.ts'
import { EDITABLE_FIELDS, type WebhookInput, type WebhookRow } from '#contract/nexudus/webhook.ts'
import type { Person } from '#server/changes/changes.ts'

import { twinOf, type ReadFields } from './twin.ts'
import type { Finding } from './run-store.ts'

/** Whose run it is, with what is known of their rights. */
export type Maker = Person & Pick<SignedIn, 'rights' | 'locations'>

/** Whether a row of the list is not enough: those lack the description. */
export const needsWhole = (change: RunChange): boolean =>
  change.kind !== 'create' &&
  ((change.kind === 'change' && 'Description' in change.change) ||
    (change.seen !== undefined && 'Description' in change.seen))

/** What can be said of an item before anything is read. */
export function barredBy(change: RunChange, maker: Maker, targets: TargetPolicy): string | null {
  const role = ROLE_TO[change.kind]
  if (!may(maker.rights, role)) return `Your Nexudus account lacks the role ${role}.`
  if (change.kind === 'delete') return null

  const { BusinessId, URL } = change.kind === 'create' ? change.input : change.change
  if (BusinessId !== undefined && maker.locations && !maker.locations.includes(BusinessId)) {
    return 'Your Nexudus account does not have this location.'
  }
  return URL === undefined ? null : (blockOf(URL, targets) ?? null)
}

type Create = Extract<RunChange, { kind: 'create' }>

/** What a create would do, given all the webhooks there are. */
export function checkCreate({ input, restores }: Create, twins: Twins): Finding {
  const key = twinKey(input)
  const there = twins.get(key) ?? []
  // what stands in for a deleted one was a double before, too, if it is one
  const doubles = there.filter((twin) => restores === undefined || twin?.Name === input.Name)
  // one that is on stands for them all: beside it no other should be switched on
  const twin = doubles.find((one) => one?.Active) ?? doubles[0]
  if (twin === undefined) {
    twins.set(key, [...there, null])
    return { state: 'ready' }
  }
  return twin === null
    ? { state: 'same', reason: 'Duplicate of another item here: same location, action and URL.' }
    : { state: 'same', ...twinOf(twin) }
}

/** What a change or a delete would do to a record as it is now. */
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
    return { state: 'conflict', reason: movedText(moved, savedBy), before }
  }
  return { state: 'ready', before }
}

/** Webhooks by what makes two of them doubles; `null` is one that this run is going to make. */
export type Twins = Map<string, (WebhookRow | null)[]>

export const twinKey = ({ BusinessId, Action, URL }: Pick<WebhookInput, keyof Twin>) =>
  JSON.stringify([BusinessId, Action, trimAddress(URL)])

type Twin = Pick<WebhookInput, 'BusinessId' | 'Action' | 'URL'>

export function twinsOf(rows: Iterable<WebhookRow>): Twins {
  const twins: Twins = new Map()
  for (const row of rows) {
    const key = twinKey(row)
    const others = twins.get(key)
    if (others) others.push(row)
    else twins.set(key, [row])
  }
  return twins
}

const FIELD_WORDS: Record<keyof WebhookInput, string> = {
  BusinessId: 'location',
  Action: 'action',
  Name: 'name',
  URL: 'URL',
  Description: 'description',
  Active: 'on or off',
}

function movedText(fields: readonly (keyof WebhookInput)[], savedBy: string | null): string {
  const what = fields.map((field) => FIELD_WORDS[field]).join(', ')
  return `Changed since (${what})${savedBy ? `, last saved by ${savedBy}` : ''}. Left as it is.`
}
