import type { FieldError } from '#contract/errors.ts'
import { parseUrl } from '#contract/parse-url.ts'

import { Refused } from './errors.ts'

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
  /**
   * Present for an update. Omitting `Action` then leaves it as it was: the documents call it
   * optional, and the 0 that a strict replacement would write is no action at all.
   */
  actionIfOmitted?: number
}

// the catalogue has 90 and grows; a stand-in that refused the 91st would be out of date first
const LAST_ACTION = 200

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
    action: readAction(body, rules.actionIfOmitted, refuse),
    url: readUrl(body, refuse),
    description: readText(body, 'Description', refuse),
    active: readActive(body, refuse),
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

function readAction({ Action }: Body, ifOmitted: number | undefined, refuse: Refuse): number {
  const isOmitted = isMissing(Action)
  if (isOmitted && ifOmitted !== undefined) return ifOmitted

  if (typeof Action === 'number' && Number.isInteger(Action)) {
    if (Action >= 1 && Action <= LAST_ACTION) return Action
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

function readActive({ Active }: Body, refuse: Refuse): boolean {
  if (isMissing(Active)) return false
  if (typeof Active === 'boolean') return Active
  refuse('Active', INVALID, Active)
  return false
}
