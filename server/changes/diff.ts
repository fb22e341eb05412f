import * as z from 'zod/mini'

import { hidePath, maskAddress, maskText } from '#contract/address/address.ts'
import type { FieldDiff } from '#contract/desk/run.ts'
import { EDITABLE_FIELDS, type EditableField } from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION, wireFlag, wireInt } from '#contract/nexudus/wire-values.ts'

type Version = Readonly<Record<string, unknown>> | null

type DiffOptions = {
  /** For people with view-only access: paths may hold keys. */
  hidesPaths: boolean
}

/**
 * Differences between two versions of a webhook, in the form's order. A field that one version
 * lacks is unknown there, and so no difference; `null` stands for no version at all.
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

/** The value as text; `null` for an empty or unreadable one. */
function textOf(record: Version, field: EditableField): string | null {
  const value = record?.[field]
  const read = z.safeParse(VALUES[field], value)
  if (!read.success || read.data === '' || read.data === UNREAD_ACTION) return null
  return String(read.data)
}

/** Parses values, so that a number or a flag equals its form as text. */
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
