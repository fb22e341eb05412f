import * as z from 'zod/mini'

import { hidePath, maskAddress, maskText } from '#contract/address/address.ts'
import type { FieldDiff } from '#contract/desk/run.ts'
import { EDITABLE_FIELDS, type EditableField } from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION, wireFlag, wireInt } from '#contract/nexudus/wire-values.ts'

type Version = Readonly<Record<string, unknown>> | null

type DiffOptions = {
  /** For people who may only look: keys lie in paths, too. */
  hidesPaths: boolean
}

/**
 * What differs between two versions of a webhook, in the order the form asks for it. A field that
 * one of them does not carry is not known there, and so no difference; no version at all is `null`.
 */
export function diffOf(before: Version, after: Version, { hidesPaths }: DiffOptions): FieldDiff[] {
  return EDITABLE_FIELDS.flatMap((field) => {
    if (lacks(before, field) || lacks(after, field)) return []

    const [from, to] = [textOf(before, field), textOf(after, field)]
    if (from === to) return []
    const shown = { from: shownAs(field, from, hidesPaths), to: shownAs(field, to, hidesPaths) }
    return [{ field, ...shown, ...(shown.from === shown.to && { isHidden: true }) }]
  })
}

const lacks = (record: Version, field: EditableField) => record !== null && !(field in record)

/** The value as text; nothing at all for an empty one, and for one that cannot be read. */
function textOf(record: Version, field: EditableField): string | null {
  const value = record?.[field]
  const read = z.safeParse(VALUES[field], value)
  if (!read.success || read.data === '' || read.data === UNREAD_ACTION) return null
  return String(read.data)
}

/** A number or a flag is the same when it is written as text. */
const VALUES: Readonly<Record<EditableField, z.ZodMiniType<string | number | boolean>>> = {
  BusinessId: wireInt,
  Action: wireInt,
  Active: wireFlag,
  URL: z.string(),
  Name: z.string(),
  Description: z.string(),
}

function shownAs(field: EditableField, text: string | null, hidesPaths: boolean): string | null {
  if (text === null) return null
  if (field === 'URL') return hidesPaths ? hidePath(text) : maskAddress(text)
  return maskText(text)
}
