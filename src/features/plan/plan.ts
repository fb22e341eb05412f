import { actionApiName, actionLabel } from '#contract/actions/actions.ts'
import { hidePath, looksHidden, maskAddress } from '#contract/address/address.ts'
import { MAX_RUN_ITEMS } from '#contract/desk/run.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'

// a plan is a file of webhooks as they should be: exported here, edited anywhere, imported again

export const PLAN_FORMAT = 'hookdesk-plan'
export const PLAN_VERSION = 1

/** One run has to hold all changes of an import. */
export const MAX_PLAN_ROWS = MAX_RUN_ITEMS
/** In characters; nobody writes a larger plan. */
export const MAX_PLAN_LENGTH = 2_000_000

/** One webhook in a plan; the API's own names stay. */
export type PlanWebhook = {
  Id: number
  BusinessId: number
  Location: string
  /** `null` if it could not be read, as with `Active`; an import leaves it as it is. */
  Action: number | null
  ActionName: string | null
  Name: string
  URL: string
  /** True if the URL is incomplete: its secret parts were left out. */
  URLHidden: boolean
  /** Absent if it was not read; an import leaves it as it is. */
  Description?: string | null
  Active: boolean | null
}

/**
 * The part of a URL that the file may contain: all of it, all but its secrets, or what a person
 * with read access only sees.
 */
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
  // a URL without secrets stays as written: the mask would also normalise it
  const isHidden = share !== 'whole' && looksHidden(shown)
  return { URL: isHidden ? shown : address, URLHidden: isHidden }
}

/** True if a hidden URL of a plan may be this one. */
export const isMaskOf = (hidden: string, address: string) =>
  hidden === maskAddress(address) || hidden === hidePath(address)

export type PlanDocument = {
  exportedAt: string
  /** All locations of the network, so that another network can tell what the numbers mean. */
  locations: { id: number; name: string }[]
  webhooks: PlanWebhook[]
}

/** One line per webhook, so that the usual tools can compare two plans. */
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

/**
 * The table of a plan, header first. Text that a spreadsheet would run as a formula is neutralised.
 */
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

// a spreadsheet runs text that begins so; a leading quote is marked too, to tell ours from theirs
const FORMULA = /^[=+\-@\t\r\n'＝＋－＠]/
const MARKED_FORMULA = /^'[=+\-@\t\r\n'＝＋－＠]/

export const toCell = (text: string) => (FORMULA.test(text) ? `'${text}` : text)
export const fromCell = (cell: string) => (MARKED_FORMULA.test(cell) ? cell.slice(1) : cell)
