import * as z from 'zod/mini'

import { trimAddress } from '#contract/address/address-text.ts'

import { UNREAD_ACTION, wireCount, wireFlag, wireInt } from './wire-values.ts'
import { isStorable } from './text.ts'

// one odd value must not cost the person the whole list, so texts fall back to "nothing"
const text = z.catch(z.string(), '')
const nullableText = z.catch(z.nullable(z.string()), null)

/**
 * A webhook as a list row. Rows do not carry `Description`: absent means "not read yet",
 * never "there is none". Fields and action numbers we do not know pass through. By what is left
 * out or cannot be read of the rest a webhook would look healthy, so it stays unknown: `null`, or
 * `UNREAD_ACTION`.
 */
export const webhookRowSchema = z.looseObject({
  Id: wireInt,
  BusinessId: wireInt,
  Name: text,
  Action: z.catch(wireInt, UNREAD_ACTION),
  URL: text,
  Active: z.catch(z.nullable(wireFlag), null),
  ErrorCount: z.catch(z.nullable(wireCount), null),
  LastError: nullableText,
  LastTrigger: nullableText,
  CreatedOn: nullableText,
  UpdatedOn: nullableText,
  UpdatedBy: nullableText,
  Description: z.optional(nullableText),
})

/** A webhook read by its id: the whole record. */
export const webhookSchema = z.extend(webhookRowSchema, { Description: nullableText })

/**
 * As long as a person may make each text, in UTF-16 units. What Nexudus takes is not documented; a
 * longer value that it already has is shown, and stays when something else is changed.
 */
export const LONGEST = { Name: 250, URL: 2_048, Description: 4_000 } as const

/** What a person may write: the values of the form, and the body of a create. */
export const webhookInputSchema = z.object({
  BusinessId: z.int().check(z.positive()),
  Action: z.int().check(z.positive()),
  Name: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST.Name), isStorable),
  URL: z
    .string()
    .check(z.overwrite(trimAddress), z.minLength(1), z.maxLength(LONGEST.URL), isStorable),
  Description: z.string().check(z.maxLength(LONGEST.Description), isStorable),
  Active: z.boolean(),
})

const seenWith = (text: z.ZodMiniString) =>
  z.partial(
    z.object({
      BusinessId: z.int(),
      Action: z.int(),
      Name: text,
      URL: text,
      Description: text,
      // what could not be read was seen as such
      Active: z.nullable(z.boolean()),
    }),
  )

/** What a person saw of a record: compared with it as it is, so nothing is trimmed or refused. */
export const webhookSeenSchema = seenWith(z.string())

/** Far beyond `LONGEST`, because a record may hold more than a person may write. */
const LONGEST_SEEN = 100_000

/** The same, where it is kept until the comparison. */
export const keptSeenSchema = seenWith(z.string().check(z.maxLength(LONGEST_SEEN), isStorable))

export type WebhookRow = z.infer<typeof webhookRowSchema>
export type Webhook = z.infer<typeof webhookSchema>
export type WebhookInput = z.infer<typeof webhookInputSchema>
/** What people edit, as it was read of a record: some of it may be unknown. */
export type WebhookFields = Omit<WebhookInput, 'Active'> & Pick<WebhookRow, 'Active'>
export type EditableField = keyof WebhookInput

/** The fields a person may change, in the order the form asks for them. */
export const EDITABLE_FIELDS = [
  'BusinessId',
  'Action',
  'URL',
  'Name',
  'Description',
  'Active',
] as const satisfies readonly EditableField[]

/** What people call them. */
export const FIELD_LABELS: { readonly [Field in EditableField]: string } = {
  BusinessId: 'Location',
  Action: 'Action',
  URL: 'URL',
  Name: 'Name',
  Description: 'Description',
  Active: 'Active',
}

/** The editable part of a record, as the form and the conflict check compare it. */
export function inputOf(webhook: Webhook): WebhookFields {
  return {
    BusinessId: webhook.BusinessId,
    Action: webhook.Action,
    Name: webhook.Name,
    URL: webhook.URL,
    Description: webhook.Description ?? '',
    Active: webhook.Active,
  }
}

/** The same values as something to write, unless one of them could not be read. */
export function knownIn(fields: WebhookFields): WebhookInput | undefined
export function knownIn(fields: Partial<WebhookFields>): Partial<WebhookInput> | undefined
export function knownIn({ Active, ...fields }: Partial<WebhookFields>) {
  if (Active === null || fields.Action === UNREAD_ACTION) return undefined
  return Active === undefined ? fields : { ...fields, Active }
}
