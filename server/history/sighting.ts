import * as z from 'zod/mini'

import { EDITABLE_FIELDS, type EditableField } from '#contract/nexudus/webhook.ts'
import { wireFlag, wireInt } from '#contract/nexudus/wire-values.ts'
import { storable } from '#platform/db/storable.ts'

/** The editable fields of a webhook, as far as readings told them. */
export type Sighting = Partial<Record<EditableField, string | number | boolean>> & {
  /** When the description was read: lists tell every other field, but never that. ISO 8601. */
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

/** Parsers of the fields: a value written as text on one occasion may be a number on another. */
const VALUES = {
  BusinessId: wireInt,
  Action: wireInt,
  URL: text,
  Name: text,
  Description: text,
  Active: wireFlag,
} as const satisfies Record<EditableField, z.ZodMiniType>

/**
 * The comparable fields of a record. A missing or unreadable field counts as unknown: a partial
 * answer must not look like a change.
 */
function sightingOf(record: Version): Sighting {
  const known = EDITABLE_FIELDS.flatMap((field) => {
    if (!(field in record)) return []
    const { success, data } = z.safeParse(VALUES[field], record[field])
    return success ? [[field, storable(data)] as const] : []
  })
  return Object.fromEntries(known)
}

/**
 * The fields that a reading tells. The description of a list row is ignored, because it means
 * nothing.
 */
export function sightingIn({ record, isWhole, startedAt }: Reading): Sighting {
  const { Description, ...listed } = sightingOf(record)
  if (!isWhole || Description === undefined) return listed
  return { ...listed, Description, wholeAt: startedAt.toISOString() }
}

const differingFields = (one: Sighting, other: Sighting) =>
  EDITABLE_FIELDS.filter((field) => field in one && field in other && one[field] !== other[field])

/** True if they differ in a field that both know. */
export const differ = (one: Sighting, other: Sighting) => differingFields(one, other).length > 0

/** A change by the desk since the webhook was last seen. */
export type OwnChange = { at: Date; before: Version | null; after: Version | null }

/** A change made elsewhere: the webhook differs between two moments. */
export type Gap = { before: Version; after: Version; since: Date; at: Date }

type Course = {
  /** The last reading of the webhook. */
  seen: { record: Sighting; at: Date }
  /** The desk's changes since then, oldest first. */
  own: readonly OwnChange[]
  reading: Reading
  now: Date
}

/**
 * Steps from the last reading through the desk's own changes to the current reading. Each step
 * begins where the one before ended, unless somebody else changed the webhook in between. Returns
 * those gaps, and the record as known in the end.
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
    // the last reading may have happened during this change, and then showed its result
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

/** The record without the fields that its reading does not tell. */
export function told({ record, isWhole }: Reading): Version {
  if (isWhole) return record
  const { Description: _untold, ...rest } = record
  return rest
}
