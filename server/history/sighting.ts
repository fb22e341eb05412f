import * as z from 'zod/mini'

import { EDITABLE_FIELDS, type EditableField } from '#contract/nexudus/webhook.ts'
import { wireFlag, wireInt } from '#contract/nexudus/wire-values.ts'
import { storable } from '#platform/db/storable.ts'

/** What people edit of a webhook, as far as readings told it. */
export type Sighting = Partial<Record<EditableField, string | number | boolean>> & {
  /** When the description was read: lists tell the rest, and never that. ISO 8601. */
  wholeAt?: string
}

type Version = Readonly<Record<string, unknown>>

/** One record of one reading, read at `startedAt` or later. */
export type Reading = { id: number; record: Version; isWhole: boolean; startedAt: Date }

// Nexudus writes an empty text as null
const text = z.pipe(
  z.transform((value: unknown) => value ?? ''),
  z.string(),
)

/** How each is read: what is written as text on one occasion may be a number on another. */
const VALUES = {
  BusinessId: wireInt,
  Action: wireInt,
  URL: text,
  Name: text,
  Description: text,
  Active: wireFlag,
} as const satisfies Record<EditableField, z.ZodMiniType>

/**
 * What is comparable of a record. A field that is missing, or cannot be read, is not known: a
 * partial answer must not read as a change.
 */
function sightingOf(record: Version): Sighting {
  const known = EDITABLE_FIELDS.flatMap((field) => {
    if (!(field in record)) return []
    const { success, data } = z.safeParse(VALUES[field], record[field])
    return success ? [[field, storable(data)] as const] : []
  })
  return Object.fromEntries(known)
}

/** What a reading tells. Whatever a list row says of the description, it means nothing. */
export function sightingIn({ record, isWhole, startedAt }: Reading): Sighting {
  const { Description, ...listed } = sightingOf(record)
  if (!isWhole || Description === undefined) return listed
  return { ...listed, Description, wholeAt: startedAt.toISOString() }
}

const differingFields = (one: Sighting, other: Sighting) =>
  EDITABLE_FIELDS.filter((field) => field in one && field in other && one[field] !== other[field])

/** Whether they differ in anything that both know. */
export const differ = (one: Sighting, other: Sighting) => differingFields(one, other).length > 0

/** A change of ours since the webhook was last seen. */
export type OwnChange = { at: Date; before: Version | null; after: Version | null }

/** Something happened elsewhere: between two moments the webhook became another. */
export type Gap = { before: Version; after: Version; since: Date; at: Date }

type Course = {
  /** As it was seen last, and when. */
  seen: { record: Sighting; at: Date }
  /** Ours since then, oldest first. */
  own: readonly OwnChange[]
  reading: Reading
  now: Date
}

/**
 * Walks from what was seen last over our own changes to what is there now. Each step begins with
 * what the one before left, unless somebody else came in between: those gaps, and what is known
 * in the end.
 */
export function walk({ seen, own, reading, now }: Course): { gaps: Gap[]; known: Sighting } {
  const gaps: Gap[] = []
  let last: { version: Version; known: Sighting; at: Date } = {
    version: seen.record,
    known: seen.record,
    at: seen.at,
  }

  function find(version: Version, sighting: Sighting, at: Date) {
    const fields = differingFields(last.known, sighting)
    if (fields.length === 0) return
    const wholeAt = fields.includes('Description') ? last.known.wholeAt : undefined
    gaps.push({
      before: last.version,
      after: version,
      since: wholeAt ? new Date(wholeAt) : last.at,
      at,
    })
  }

  for (const { at, before, after } of own) {
    // it may have been seen in the middle of this change, and then it is not news
    const isIncluded = after !== null && !differ(last.known, sightingOf(after))
    if (before && !isIncluded) find(before, sightingOf(before), at)
    if (!after) continue
    const known = { ...last.known, ...sightingOf(after), wholeAt: at.toISOString() }
    last = { version: after, known, at }
  }
  const sighting = sightingIn(reading)
  find(told(reading), sighting, now)
  return { gaps, known: { ...last.known, ...sighting } }
}

/** The record without what its reading does not tell. */
export function told({ record, isWhole }: Reading): Version {
  if (isWhole) return record
  const { Description: _untold, ...rest } = record
  return rest
}
