import * as z from 'zod/mini'

import { trimAddress } from '#contract/address/address-text.ts'

import { UNREAD_ACTION, wireCount, wireFlag, wireInt } from './wire-values.ts'
import { isStorable } from './text.ts'

// one malformed value must not cost the person the whole list, so a text falls back to ''
const text = z.catch(z.string(), '')
const nullableText = z.catch(z.nullable(z.string()), null)

/**
 * A webhook as a list row. Rows do not carry `Description`: absent means "not read yet", never
 * "there is none". Unknown fields and action numbers pass through. The other fields decide a
 * webhook's health: if one is missing or unreadable it stays unknown, `null` or `UNREAD_ACTION`, so
 * that the webhook does not look healthy.
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
 * Longest text that a person may enter in each field, in UTF-16 units. Nexudus' own limits are not
 * documented; a longer value that it already has is shown, and stays when something else is
 * changed.
 */
export const LONGEST = { Name: 250, URL: 2_048, Description: 4_000 } as const

/** Fields that a person may write: the values of the form, and the body of a create. */
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
      // `null`: the person saw that it could not be read
      Active: z.nullable(z.boolean()),
    }),
  )

/** A record's values as the person saw them: for comparison, so nothing is trimmed or refused. */
export const webhookSeenSchema = seenWith(z.string())

/**
 * In UTF-16 units; far beyond `LONGEST`, because a record may hold more than a person may write.
 */
const LONGEST_SEEN = 100_000

/** The same schema for values that are stored until the comparison. */
export const keptSeenSchema = seenWith(z.string().check(z.maxLength(LONGEST_SEEN), isStorable))

export type WebhookRow = z.infer<typeof webhookRowSchema>
export type Webhook = z.infer<typeof webhookSchema>
export type WebhookInput = z.infer<typeof webhookInputSchema>
/** The editable fields as read from a record: some may be unknown. */
export type WebhookFields = Omit<WebhookInput, 'Active'> & Pick<WebhookRow, 'Active'>
export type EditableField = keyof WebhookInput

/** The fields a person may change, in the form's order. */
export const EDITABLE_FIELDS = [
  'BusinessId',
  'Action',
  'URL',
  'Name',
  'Description',
  'Active',
] as const satisfies readonly EditableField[]

/** Field names that people see. */
export const FIELD_LABELS: { readonly [Field in EditableField]: string } = {
  BusinessId: 'Location',
  Action: 'Action',
  URL: 'URL',
  Name: 'Name',
  Description: 'Description',
  Active: 'Active',
}

/** The editable part of a record, which the form and the conflict check compare. */
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

/** The same values in writable form; `undefined` if one of them could not be read. */
export function knownIn(fields: WebhookFields): WebhookInput | undefined
export function knownIn(fields: Partial<WebhookFields>): Partial<WebhookInput> | undefined
export function knownIn({ Active, ...fields }: Partial<WebhookFields>) {
  if (Active === null || fields.Action === UNREAD_ACTION) return undefined
  return Active === undefined ? fields : { ...fields, Active }
}
