import type { FieldError } from '#contract/nexudus/errors.ts'

import { Refused } from './errors.ts'

// reads the fields of any record's body; refusals use the documented texts

export const REQUIRED = 'is a required field'
export const INVALID = 'is not valid'

export type Body = Record<string, unknown>
export type Refuse = (property: string, message: string, attempted: unknown) => void

/** Reads a body while collecting refusals by field; answers all refusals at once. */
export async function readWhole<Draft>(
  read: (refuse: Refuse) => Draft | Promise<Draft>,
): Promise<Draft> {
  const errors: FieldError[] = []
  const draft = await read((PropertyName, Message, AttemptedValue) =>
    errors.push({ PropertyName, Message, AttemptedValue }),
  )
  if (errors.length > 0) throw new Refused(errors)
  return draft
}

/** The id of the record to update, from the body. */
export function readId({ Id }: Body): number {
  if (typeof Id === 'number' && Number.isSafeInteger(Id) && Id > 0) return Id
  // .NET reads a missing number as 0, so both count as missing
  const Message = isMissing(Id) || Id === 0 ? REQUIRED : INVALID
  throw new Refused([{ PropertyName: 'Id', Message, AttemptedValue: Id }])
}

export const isMissing = (value: unknown) => value === undefined || value === null

export type BusinessRules = {
  /** The name of a refused location: its field, or its relation. */
  businessProperty: 'BusinessId' | 'Business'
  isUsableBusiness: (id: number) => Promise<boolean>
}

/** The location of a record, if it is one of the caller's. */
export async function readBusinessId(
  { BusinessId }: Body,
  { businessProperty, isUsableBusiness }: BusinessRules,
  refuse: Refuse,
) {
  if (isMissing(BusinessId) || BusinessId === 0) {
    refuse(businessProperty, REQUIRED, BusinessId)
    return 0
  }
  const isId = typeof BusinessId === 'number' && Number.isSafeInteger(BusinessId)
  if (isId && (await isUsableBusiness(BusinessId))) return BusinessId

  // the same text for an unknown location and one out of reach, so that it gives nothing away
  refuse(businessProperty, isId ? 'is not one of your locations' : INVALID, BusinessId)
  return 0
}

/** A text that is not blank. */
export function readRequiredText(body: Body, property: string, refuse: Refuse): string {
  const value = body[property]
  if (isMissing(value) || (typeof value === 'string' && value.trim() === '')) {
    refuse(property, REQUIRED, value)
    return ''
  }
  return readText(body, property, refuse) ?? ''
}

/** A text; `null` if omitted. */
export function readText(body: Body, property: string, refuse: Refuse): string | null {
  const value = body[property]
  if (isMissing(value)) return null
  // the database refuses a NUL in a text
  if (typeof value === 'string' && !value.includes('\0')) return value
  refuse(property, INVALID, value)
  return null
}

/** A flag, or `ifOmitted`. */
export function readFlag(body: Body, property: string, refuse: Refuse, ifOmitted = false): boolean {
  const value = body[property]
  if (isMissing(value)) return ifOmitted
  if (typeof value === 'boolean') return value
  refuse(property, INVALID, value)
  return false
}

/** A number; 0 if omitted, as in .NET. */
export function readNumber(body: Body, property: string, refuse: Refuse): number {
  const value = body[property]
  if (isMissing(value)) return 0
  if (typeof value === 'number' && Number.isFinite(value)) return value
  refuse(property, INVALID, value)
  return 0
}
