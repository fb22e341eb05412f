import * as z from 'zod/mini'

import { findAction } from '#contract/actions/actions.ts'
import { warningsOf, type TargetPolicy } from '#contract/address/address-findings.ts'
import { trimAddress } from '#contract/address/address-text.ts'
import { duplicateKey } from '#contract/nexudus/duplicate.ts'
import {
  EDITABLE_FIELDS,
  webhookInputSchema,
  type EditableField,
  type WebhookFields,
  type WebhookInput,
  type WebhookRow,
} from '#contract/nexudus/webhook.ts'
import { blockText } from '#texts/address-block-text.ts'
import { findingText } from '#texts/address-finding-texts.ts'

import { isMaskOf } from './plan.ts'
import type { PlanMatch } from './plan-match.ts'
import type { PlanProblem } from './plan-entry.ts'
import type { Steps } from './steps.ts'

/** The result for an entry of a plan. The notes mention what a person might not expect. */
export type PlanItem = { line: number; notes: string[] } & (
  | { kind: 'create'; input: WebhookInput }
  | {
      kind: 'change'
      webhook: WebhookRow
      change: Partial<WebhookInput>
      /** The current values of the changed fields; without the description if it was not read. */
      seen: Partial<WebhookFields>
    }
  | { kind: 'leave'; webhook: WebhookRow }
  | { kind: 'left-out' }
  | { kind: 'problem'; problems: PlanProblem[] }
)

export type PlanComparison = {
  items: PlanItem[]
  /** Webhooks at the locations of the plan that the plan lacks. */
  extra: WebhookRow[]
}

type Here = {
  webhooks: readonly WebhookRow[]
  policy: TargetPolicy
  /** Descriptions by webhook, as just read; rows of the list lack them. */
  descriptions: ReadonlyMap<number, string>
}

/** The number of entries between two steps. */
const STEP = 25

/**
 * Compares a plan with the existing webhooks: each entry creates, changes, leaves a webhook as it
 * is, or has a problem.
 */
export function* comparePlan(matches: readonly PlanMatch[], here: Here): Steps<PlanComparison> {
  const ids = new Map<number, number>()
  const purposes = new Map<string, number>()
  const examine = (match: PlanMatch): PlanItem => {
    const { entry, webhook, isLeftOut } = match
    const { line } = entry
    if (isLeftOut) return { kind: 'left-out', line, notes: [] }
    const problems = [...entry.problems]
    const earlier = entry.id === null ? undefined : ids.get(entry.id)
    if (earlier !== undefined) {
      const text = `Line ${earlier} already has webhook ${entry.id}. Keep one of the lines, or empty the Id of the other.`
      problems.push({ line, column: 'Id', text })
    } else if (entry.id !== null) ids.set(entry.id, line)
    if (problems.length > 0) return { kind: 'problem', line, notes: [], problems }

    const item = webhook ? examineChange(match, webhook, here) : examineNew(match, here)
    const purpose = purposeOf(item)
    const duplicate = purpose === undefined ? undefined : purposes.get(purpose)
    if (item.kind === 'create' && duplicate !== undefined) {
      const text = `Duplicate of line ${duplicate}: same location, action and URL. Events would arrive twice.`
      return { kind: 'problem', line, notes: [], problems: [{ line, column: null, text }] }
    }
    if (purpose !== undefined) purposes.set(purpose, line)
    return item
  }
  // existing webhooks come first: a new one that does the same is the duplicate
  const known = matches.filter(({ webhook }) => webhook)
  const fresh = matches.filter(({ webhook }) => !webhook)
  const items: PlanItem[] = []
  for (const match of [...known, ...fresh]) {
    items.push(examine(match))
    if (items.length % STEP === 0) yield
  }
  items.sort((a, b) => a.line - b.line)

  const matched = new Set(known.map(({ webhook }) => webhook?.Id))
  const locations = new Set(matches.map(({ BusinessId }) => BusinessId))
  const extra = here.webhooks.filter(
    ({ Id, BusinessId }) => locations.has(BusinessId) && !matched.has(Id),
  )
  return { items, extra }
}

function purposeOf(item: PlanItem): string | undefined {
  if (item.kind === 'create') return duplicateKey(item.input)
  if (item.kind === 'change') return duplicateKey({ ...item.webhook, ...item.change })
  return item.kind === 'leave' ? duplicateKey(item.webhook) : undefined
}

function examineChange(match: PlanMatch, webhook: WebhookRow, here: Here): PlanItem {
  const { entry } = match
  const { line } = entry
  const description = here.descriptions.get(webhook.Id)
  const change: Partial<WebhookInput> = {}
  if (differs(match.BusinessId, webhook.BusinessId)) change.BusinessId = match.BusinessId
  if (differs(entry.Action, webhook.Action)) change.Action = entry.Action
  if (differs(entry.Active, webhook.Active)) change.Active = entry.Active
  if (lineDiffers(entry.Name?.trim(), entry.Name, webhook.Name)) change.Name = entry.Name
  const URL = entry.URL === undefined ? undefined : trimAddress(entry.URL)
  if (!entry.isURLHidden && lineDiffers(URL, entry.URL, webhook.URL)) change.URL = entry.URL
  if (textDiffers(entry.Description, description)) change.Description = entry.Description

  const notes: string[] = []
  if (entry.isURLHidden && !isMaskOf(entry.URL ?? '', webhook.URL)) {
    notes.push('The hidden URL in the file differs from the current one. The current one stays.')
  }
  if (Object.keys(change).length === 0) return { kind: 'leave', line, webhook, notes }

  const checked = z.safeParse(z.partial(webhookInputSchema), change)
  const problems = checked.success ? [] : problemsOf(line, checked.error)
  const blocked = change.URL === undefined ? undefined : blockText(change.URL, here.policy)
  if (blocked && problems.every(({ column }) => column !== 'URL')) {
    problems.push({ line, column: 'URL', text: blocked })
  }
  if (!checked.success || problems.length > 0) return { kind: 'problem', line, notes, problems }
  if (change.URL !== undefined) notes.push(...warningsOf(change.URL, here.policy).map(findingText))
  const now = { ...webhook, Description: description }
  return { kind: 'change', line, webhook, change: checked.data, seen: pick(now, change), notes }
}

function examineNew({ entry, BusinessId, id }: PlanMatch, { policy }: Here): PlanItem {
  const { line, Action, Name = '', URL = '', Description = '', Active = true } = entry
  const checked = z.safeParse(webhookInputSchema, {
    BusinessId: BusinessId ?? 0,
    Action: Action ?? 0,
    Name,
    URL,
    Description,
    Active,
  })
  const problems = checked.success ? [] : problemsOf(line, checked.error)
  const complain = (column: EditableField, text: string) => {
    const isTold = problems.some((problem) => problem.column === COLUMN_OF[column])
    if (!isTold) problems.push({ line, column: COLUMN_OF[column], text })
  }
  if (Action !== undefined && findAction(Action)?.group === null) {
    complain('Action', '“None” never fires. Choose an action.')
  }
  if (entry.isURLHidden) {
    complain('URL', 'The URL is hidden in the file. Enter it in full to create this webhook.')
  }
  const blocked = blockText(URL, policy)
  if (blocked) complain('URL', blocked)
  if (!checked.success || problems.length > 0) return { kind: 'problem', line, notes: [], problems }

  const notes = warningsOf(URL, policy).map(findingText)
  if (id !== null)
    notes.push(`Webhook ${id} does not exist here. A new one is created, with another id.`)
  if (!findAction(checked.data.Action)) {
    notes.push(`Hookdesk does not know action ${checked.data.Action}. Nexudus may refuse it.`)
  }
  return { kind: 'create', line, input: checked.data, notes }
}

const differs = <Value>(wanted: Value | undefined, now: Value) =>
  wanted !== undefined && wanted !== now

/** Compares names or URLs; the wanted text is trimmed, because that is how it would be saved. */
const lineDiffers = (trimmed: string | undefined, wanted: string | undefined, now: string) =>
  textDiffers(wanted, now) && textDiffers(trimmed, now)

/**
 * An unknown text counts as different. A text field makes all line ends alike, so those are
 * ignored.
 */
function textDiffers(wanted: string | undefined, now: string | undefined): boolean {
  return wanted !== undefined && (now === undefined || oneLineEnd(wanted) !== oneLineEnd(now))
}

const oneLineEnd = (text: string) => text.replace(/\r\n?/g, '\n')

const COLUMN_OF: Record<EditableField, string> = {
  BusinessId: 'Location',
  Action: 'Action',
  Name: 'Name',
  URL: 'URL',
  Description: 'Description',
  Active: 'Active',
}

function problemsOf(line: number, error: z.core.$ZodError): PlanProblem[] {
  return error.issues.map(({ path, message }) => {
    const field = EDITABLE_FIELDS.find((name) => name === path[0])
    return { line, column: field ? COLUMN_OF[field] : null, text: message }
  })
}

/** The current values of the fields in `change`. */
function pick(now: Partial<WebhookFields>, change: Partial<WebhookInput>): Partial<WebhookFields> {
  const fields = EDITABLE_FIELDS.filter((field) => field in change && now[field] !== undefined)
  return Object.fromEntries(fields.map((field) => [field, now[field]]))
}
