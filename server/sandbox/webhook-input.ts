import type { FieldError } from '#contract/errors.ts'
import { parseUrl } from '#contract/parse-url.ts'

import { Refused } from './errors.ts'
import { WEBHOOK_ACTION_NAMES } from './webhook-actions.ts'

/** What the API lets people write of a webhook, as it goes into the table. */
export type WebhookDraft = {
  businessId: number
  name: string
  action: number
  url: string
  description: string | null
  active: boolean
  systemId: string | null
}

type Rules = {
  /** How a refused location is named: by its field, or by its relation. */
  businessProperty: 'BusinessId' | 'Business'
  isUsableBusiness: (id: number) => Promise<boolean>
  /** Whether actions that are in no catalogue are taken, too, and the one that is called None. */
  takesUnknownActions: boolean
  /** Present for an update: what it replaces, and what stands for what it leaves out. */
  update?: { before: { action: number }; actionIfOmitted: number; activeIfOmitted: boolean }
}

/** Before these is None, which is no event. */
const FIRST_ACTION = 2
const LAST_ACTION = WEBHOOK_ACTION_NAMES.length

/** The catalogue grows: numbers so far beyond it may be taken. */
const LAST_UNKNOWN_ACTION = 200

const REQUIRED = 'is a required field'
const INVALID = 'is not valid'

type Body = Record<string, unknown>
type Refuse = (property: string, message: string, attempted: unknown) => void

/**
 * Reads the body of a create or update as a replacement of the whole record: what is omitted
 * becomes empty, `Active` included. Read-only fields are ignored; all refusals come at once.
 */
export async function readWebhookDraft(body: Body, rules: Rules): Promise<WebhookDraft> {
  const errors: FieldError[] = []
  const refuse: Refuse = (PropertyName, Message, AttemptedValue) =>
    errors.push({ PropertyName, Message, AttemptedValue })

  const draft = {
    businessId: await readBusinessId(body, rules, refuse),
    name: readRequiredText(body, 'Name', refuse),
    action: readAction(body, rules, refuse),
    url: readUrl(body, refuse),
    description: readText(body, 'Description', refuse),
    active: readActive(body, rules.update?.activeIfOmitted ?? false, refuse),
    systemId: readText(body, 'SystemId', refuse),
  }
  if (errors.length > 0) throw new Refused(errors)
  return draft
}

/** The key of an update, from its body. */
export function readId({ Id }: Body): number {
  if (typeof Id === 'number' && Number.isSafeInteger(Id) && Id > 0) return Id
  const Message = isMissing(Id) || Id === 0 ? REQUIRED : INVALID
  throw new Refused([{ PropertyName: 'Id', Message, AttemptedValue: Id }])
}

// .NET reads a number that is not there as 0, so the two are one
const isMissing = (value: unknown) => value === undefined || value === null

async function readBusinessId(
  { BusinessId }: Body,
  { businessProperty, isUsableBusiness }: Rules,
  refuse: Refuse,
) {
  if (isMissing(BusinessId) || BusinessId === 0) {
    refuse(businessProperty, REQUIRED, BusinessId)
    return 0
  }
  const isId = typeof BusinessId === 'number' && Number.isSafeInteger(BusinessId)
  if (isId && (await isUsableBusiness(BusinessId))) return BusinessId

  // the same words for no such location and for one out of reach: nothing is given away
  refuse(businessProperty, isId ? 'is not one of your locations' : INVALID, BusinessId)
  return 0
}

function readRequiredText(body: Body, property: string, refuse: Refuse): string {
  const value = body[property]
  if (isMissing(value) || (typeof value === 'string' && value.trim() === '')) {
    refuse(property, REQUIRED, value)
    return ''
  }
  return readText(body, property, refuse) ?? ''
}

function readText(body: Body, property: string, refuse: Refuse): string | null {
  const value = body[property]
  if (isMissing(value)) return null
  // the database refuses a NUL in a text
  if (typeof value === 'string' && !value.includes('\0')) return value
  refuse(property, INVALID, value)
  return null
}

function readAction({ Action }: Body, rules: Rules, refuse: Refuse): number {
  const { update, takesUnknownActions } = rules
  const isOmitted = isMissing(Action)
  if (isOmitted && update) return update.actionIfOmitted

  if (typeof Action === 'number' && Number.isInteger(Action)) {
    // what a record has already may stay
    if (Action === update?.before.action && Action !== 0) return Action
    const [first, last] = takesUnknownActions
      ? [1, LAST_UNKNOWN_ACTION]
      : [FIRST_ACTION, LAST_ACTION]
    if (Action >= first && Action <= last) return Action
  }
  refuse('Action', isOmitted || Action === 0 ? REQUIRED : INVALID, Action)
  return 0
}

function readUrl(body: Body, refuse: Refuse): string {
  const url = readRequiredText(body, 'URL', refuse)
  if (url !== '' && !isHttpUrl(url)) refuse('URL', 'is not a valid URL', url)
  return url
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text.trim()) && parseUrl(text) !== undefined
}

function readActive({ Active }: Body, ifOmitted: boolean, refuse: Refuse): boolean {
  if (isMissing(Active)) return ifOmitted
  if (typeof Active === 'boolean') return Active
  refuse('Active', INVALID, Active)
  return false
}
