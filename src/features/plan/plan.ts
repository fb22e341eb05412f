import { actionApiName, actionLabel } from '#contract/actions/actions.ts'
import { hidePath, looksHidden, maskAddress } from '#contract/address/address.ts'
import { MAX_RUN_ITEMS } from '#contract/desk/run.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'

// a plan is a file of webhooks as they should be: exported here, corrected anywhere, imported again

export const PLAN_FORMAT = 'hookdesk-plan'
export const PLAN_VERSION = 1

/** One run has to hold what an import changes. */
export const MAX_PLAN_ROWS = MAX_RUN_ITEMS
/** In characters; a larger file is no plan that a person made. */
export const MAX_PLAN_LENGTH = 2_000_000

/** What a plan says of one webhook; the wire's own names stay. */
export type PlanWebhook = {
  Id: number
  BusinessId: number
  Location: string
  /** `null` where it could not be read, as with `Active`; importing that leaves it as it is. */
  Action: number | null
  ActionName: string | null
  Name: string
  URL: string
  /** The address is not whole: what opens doors was left out of it. */
  URLHidden: boolean
  /** Absent where it was not read; importing that leaves it as it is. */
  Description?: string | null
  Active: boolean | null
}

/** How much of an address may leave: all of it, all but its secrets, or what a person sees who may only look. */
export type AddressShare = 'whole' | 'masked' | 'hidden'

export function planWebhook(
  webhook: WebhookRow,
  location: string,
  share: AddressShare,
): PlanWebhook {
  return {
    Id: webhook.Id,
    BusinessId: webhook.BusinessId,
    Location: location,
    Action: webhook.Action === UNREAD_ACTION ? null : webhook.Action,
    ActionName: actionApiName(webhook.Action),
    Name: webhook.Name,
    ...sharedAddress(webhook.URL, share),
    ...(webhook.Description !== undefined && { Description: webhook.Description }),
    Active: webhook.Active,
  }
}

function sharedAddress(address: string, share: AddressShare) {
  const shown = share === 'hidden' ? hidePath(address) : maskAddress(address)
  // one without secrets stays as it is: the mask would also tidy it
  const isHidden = share !== 'whole' && looksHidden(shown)
  return { URL: isHidden ? shown : address, URLHidden: isHidden }
}

/** Whether a hidden address of a plan may be this one. */
export const isMaskOf = (hidden: string, address: string) =>
  hidden === maskAddress(address) || hidden === hidePath(address)

export type PlanDocument = {
  exportedAt: string
  /** Of the whole network, so that another one can tell what the numbers meant. */
  locations: { id: number; name: string }[]
  webhooks: PlanWebhook[]
}

/** A webhook a line, so that two plans can be compared with the usual tools. */
export function planAsJson({ exportedAt, locations, webhooks }: PlanDocument): string {
  const list = (items: readonly unknown[]) =>
    items.length === 0
      ? '[]'
      : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
  return `{
  "format": ${JSON.stringify(PLAN_FORMAT)},
  "version": ${PLAN_VERSION},
  "exportedAt": ${JSON.stringify(exportedAt)},
  "locations": ${list(locations)},
  "webhooks": ${list(webhooks)}
}
`
}

/** The table of a plan, its header first; what a spreadsheet would take for a formula is neutralised. */
export function planAsCells(webhooks: readonly PlanWebhook[]): string[][] {
  const isDescribed = webhooks.some(({ Description }) => Description !== undefined)
  const columns = CSV_COLUMNS.filter(([label]) => isDescribed || label !== DESCRIPTION)
  return [
    columns.map(([label]) => label),
    ...webhooks.map((webhook) => columns.map(([, cellOf]) => toCell(cellOf(webhook)))),
  ]
}

const DESCRIPTION = 'Description'

const yesOrNo = (is: boolean) => (is ? 'yes' : 'no')

const CSV_COLUMNS: readonly (readonly [label: string, cellOf: (webhook: PlanWebhook) => string])[] =
  [
    ['Id', ({ Id }) => String(Id)],
    ['Location', ({ Location }) => Location],
    ['Location number', ({ BusinessId }) => String(BusinessId)],
    ['Action', ({ Action }) => (Action === null ? '' : actionLabel(Action))],
    ['Action number', ({ Action }) => String(Action ?? '')],
    ['Name', ({ Name }) => Name],
    ['URL', ({ URL }) => URL],
    ['URL hidden', ({ URLHidden }) => yesOrNo(URLHidden)],
    [DESCRIPTION, ({ Description }) => Description ?? ''],
    ['Active', ({ Active }) => (Active === null ? '' : yesOrNo(Active))],
  ]

// a spreadsheet runs what begins so; our own mark is marked too, or it could not be told from theirs
const FORMULA = /^[=+\-@\t\r\n'＝＋－＠]/
const MARKED_FORMULA = /^'[=+\-@\t\r\n'＝＋－＠]/

export const toCell = (text: string) => (FORMULA.test(text) ? `'${text}` : text)
export const fromCell = (cell: string) => (MARKED_FORMULA.test(cell) ? cell.slice(1) : cell)
