import type { TargetPolicy } from '#contract/address/address-findings.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { findRecord, listRecords } from '#server/nexudus/webhook-records.ts'

import { barredBy, checkCreate, checkExisting, needsWhole, duplicatesAmong } from './dry-run.ts'
import { reasonOf } from './perform.ts'
import type { Finding, ItemRow } from './item-rows.ts'
import { fieldsOf } from './duplicates.ts'

export type Found = { item: ItemRow; finding: Finding }

type Checking = {
  maker: SignedInAccount
  targets: TargetPolicy
  /** Waits until there is room for one more call; false if the run is no longer to be checked. */
  mayCall: () => Promise<boolean>
  note: (found: Found[]) => Promise<void>
}

/**
 * Reads the current records of the items and sorts the items: reads the list once, and single
 * records only if rows do not tell enough. Returns false if it was interrupted.
 */
export async function checkItems(items: readonly ItemRow[], checking: Checking): Promise<boolean> {
  const { maker, targets, mayCall, note } = checking
  if (!(await mayCall())) return false
  const list = await listRecords(maker.call).catch(nothingIfNotAllowed)
  const byId = list && new Map(list.rows.map((row) => [row.Id, row]))
  const duplicates = duplicatesAmong(list?.rows ?? [])

  const alone: ItemRow[] = []
  const found: Found[] = []
  for (const item of items) {
    const finding = checkFromList(item, { maker, targets, byId, duplicates })
    if (finding) found.push({ item, finding })
    else alone.push(item)
  }
  await note(found)

  for (const item of alone) {
    if (!(await mayCall())) return false
    await note([{ item, finding: await checkAlone(item, maker) }])
  }
  return true
}

type FromList = Pick<Checking, 'maker' | 'targets'> & {
  byId: Map<number, WebhookRow> | null
  duplicates: ReturnType<typeof duplicatesAmong>
}

/** The finding that the list allows; `undefined` if the whole record has to be read. */
function checkFromList({ change }: ItemRow, list: FromList): Finding | undefined {
  const { maker, targets, byId, duplicates } = list
  const row = change.kind === 'create' ? undefined : byId?.get(change.webhookId)
  const before = row && fieldsOf(row, { isWhole: false })
  const bar = barredBy(change, maker, targets)
  if (bar !== null) return { state: 'barred', why: bar, before: before ?? null }
  if (change.kind === 'create') return checkCreate(change, duplicates)
  // a webhook that a list omits is asked for before it is called missing
  if (!row || !before) return undefined
  return needsWhole(change) ? undefined : checkExisting(change, before, row.UpdatedBy)
}

async function checkAlone({ change }: ItemRow, { call }: SignedInAccount): Promise<Finding> {
  if (change.kind === 'create') return { state: 'ready' }
  try {
    const read = await findRecord(call, change.webhookId)
    if (!read) return { state: 'missing', why: { is: 'not-found' } }
    const { webhook } = read
    return checkExisting(change, fieldsOf(webhook, { isWhole: true }), webhook.UpdatedBy)
  } catch (error) {
    // a failure that affects every item interrupts; one of this item must not delay the others
    if (!(error instanceof Failed) || HOLDS_FOR_ALL.has(error.code)) throw error
    return { state: 'barred', why: reasonOf(error) }
  }
}

const HOLDS_FOR_ALL = new Set<Failed['code']>([
  'throttled',
  'session_expired',
  'not_signed_in',
  'upstream_unreachable',
])

function nothingIfNotAllowed(error: unknown): null {
  if (error instanceof Failed && error.code === 'permission_missing') return null
  throw error
}
