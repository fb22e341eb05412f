import type { FieldError } from '#contract/nexudus/errors.ts'

import { Refused } from './errors.ts'

// how the fields of any record's body are read; the words of a refusal are the documented ones

export const REQUIRED = 'is a required field'
export const INVALID = 'is not valid'

export type Body = Record<string, unknown>
export type Refuse = (property: string, message: string, attempted: unknown) => void

/** What reads a body refuses field by field; all refusals are answered at once. */
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

/** The key of an update, from its body. */
export function readId({ Id }: Body): number {
  if (typeof Id === 'number' && Number.isSafeInteger(Id) && Id > 0) return Id
  // .NET reads a number that is not there as 0, so the two are one
  const Message = isMissing(Id) || Id === 0 ? REQUIRED : INVALID
  throw new Refused([{ PropertyName: 'Id', Message, AttemptedValue: Id }])
}

export const isMissing = (value: unknown) => value === undefined || value === null

export type BusinessRules = {
  /** How a refused location is named: by its field, or by its relation. */
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

  // the same words for no such location and for one out of reach: nothing is given away
  refuse(businessProperty, isId ? 'is not one of your locations' : INVALID, BusinessId)
  return 0
}

/** A text that is more than blanks. */
export function readRequiredText(body: Body, property: string, refuse: Refuse): string {
  const value = body[property]
  if (isMissing(value) || (typeof value === 'string' && value.trim() === '')) {
    refuse(property, REQUIRED, value)
    return ''
  }
  return readText(body, property, refuse) ?? ''
}

/** A text; null for one that is left out. */
export function readText(body: Body, property: string, refuse: Refuse): string | null {
  const value = body[property]
  if (isMissing(value)) return null
  // the database refuses a NUL in a text
  if (typeof value === 'string' && !value.includes('\0')) return value
  refuse(property, INVALID, value)
  return null
}

/** A flag, or what stands for one that is left out. */
export function readFlag(body: Body, property: string, refuse: Refuse, ifOmitted = false): boolean {
  const value = body[property]
  if (isMissing(value)) return ifOmitted
  if (typeof value === 'boolean') return value
  refuse(property, INVALID, value)
  return false
}

/** A number; 0, as in .NET, for one that is left out. */
export function readNumber(body: Body, property: string, refuse: Refuse): number {
  const value = body[property]
  if (isMissing(value)) return 0
  if (typeof value === 'number' && Number.isFinite(value)) return value
  refuse(property, INVALID, value)
  return 0
}
