import { parseUrl } from '#contract/address/parse-url.ts'
import { WEBHOOK_ACTION_NAMES } from '#sandbox/records/webhook-actions.ts'
import {
  INVALID,
  isMissing,
  readBusinessId,
  readFlag,
  readRequiredText,
  readText,
  readWhole,
  REQUIRED,
  type Body,
  type BusinessRules,
  type Refuse,
} from '#sandbox/wire/body-fields.ts'

/** The writable fields of a webhook, as the table stores them. */
export type WebhookDraft = {
  businessId: number
  name: string
  action: number
  url: string
  description: string | null
  active: boolean
  systemId: string | null
}

type Rules = BusinessRules & {
  /** Accepts actions that are in no catalogue, including the one called None. */
  takesUnknownActions: boolean
  /** Present for an update: the record it replaces, and values for omitted fields. */
  update?: { before: { action: number }; actionIfOmitted: number; activeIfOmitted: boolean }
}

/** The action before this one is None, which is no event. */
const FIRST_ACTION = 2
const LAST_ACTION = WEBHOOK_ACTION_NAMES.length

/** The catalogue grows: unknown numbers up to this one may be accepted. */
const LAST_UNKNOWN_ACTION = 200

/**
 * Reads the body of a create or update as a replacement of the whole record: omitted fields become
 * empty, `Active` included. Read-only fields are ignored; all refusals come at once.
 */
export function readWebhookDraft(body: Body, rules: Rules): Promise<WebhookDraft> {
  return readWhole(async (refuse) => ({
    businessId: await readBusinessId(body, rules, refuse),
    name: readRequiredText(body, 'Name', refuse),
    action: readAction(body, rules, refuse),
    url: readUrl(body, refuse),
    description: readText(body, 'Description', refuse),
    active: readFlag(body, 'Active', refuse, rules.update?.activeIfOmitted),
    systemId: readText(body, 'SystemId', refuse),
  }))
}

function readAction({ Action }: Body, rules: Rules, refuse: Refuse): number {
  const { update, takesUnknownActions } = rules
  const isOmitted = isMissing(Action)
  if (isOmitted && update) return update.actionIfOmitted

  if (typeof Action === 'number' && Number.isInteger(Action)) {
    // the record's present action may stay, whatever it is
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
