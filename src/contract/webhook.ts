import * as z from 'zod/mini'

import { trimAddress } from './address-text.ts'
import { wireFlag, wireInt } from './wire-values.ts'

// one odd value must not cost the person the whole list, so fields fall back to "nothing"
const text = z.catch(z.string(), '')
const nullableText = z.catch(z.nullable(z.string()), null)
const count = z.catch(wireInt, 0)

/**
 * A webhook as a list row. Rows do not carry `Description`: absent means "not read yet",
 * never "there is none". Fields and action numbers we do not know pass through.
 */
export const webhookRowSchema = z.looseObject({
  Id: wireInt,
  BusinessId: wireInt,
  Name: text,
  Action: count,
  URL: text,
  Active: z.catch(wireFlag, false),
  ErrorCount: count,
  LastError: nullableText,
  LastTrigger: nullableText,
  CreatedOn: nullableText,
  UpdatedOn: nullableText,
  UpdatedBy: nullableText,
  Description: z.optional(nullableText),
})

/** A webhook read by its id: the whole record. */
export const webhookSchema = z.extend(webhookRowSchema, { Description: nullableText })

/** Neither a NUL nor half a character: no database keeps them, and nobody can have meant them. */
const isStorable = z.refine<string>(
  (text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text),
  'There is a character in it that cannot be stored',
)

/** What a person may write: the values of the form, and the body of a create. */
export const webhookInputSchema = z.object({
  BusinessId: z.int('Choose a location').check(z.positive('Choose a location')),
  Action: z.int('Choose when it should fire').check(z.positive('Choose when it should fire')),
  Name: z.string().check(z.trim(), z.minLength(1, 'Give the webhook a name'), isStorable),
  URL: z
    .string()
    .check(
      z.overwrite(trimAddress),
      z.minLength(1, 'Enter the address that receives the data'),
      isStorable,
    ),
  Description: z.string().check(isStorable),
  Active: z.boolean(),
})

/** What a person saw of a record: compared with it as it is, so nothing is trimmed or refused. */
export const webhookSeenSchema = z.partial(
  z.object({
    BusinessId: z.int(),
    Action: z.int(),
    Name: z.string(),
    URL: z.string(),
    Description: z.string(),
    Active: z.boolean(),
  }),
)

export type WebhookRow = z.infer<typeof webhookRowSchema>
export type Webhook = z.infer<typeof webhookSchema>
export type WebhookInput = z.infer<typeof webhookInputSchema>
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
  URL: 'Address',
  Name: 'Name',
  Description: 'Description',
  Active: 'Active',
}

/** The editable part of a record, as the form and the conflict check compare it. */
export function inputOf(webhook: Webhook): WebhookInput {
  return {
    BusinessId: webhook.BusinessId,
    Action: webhook.Action,
    Name: webhook.Name,
    URL: webhook.URL,
    Description: webhook.Description ?? '',
    Active: webhook.Active,
  }
}
