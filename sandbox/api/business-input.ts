import type { BusinessRow } from '#sandbox/db/tables.ts'
import { timeZoneOf } from '#sandbox/records/time-zones.ts'
import {
  INVALID,
  isMissing,
  readFlag,
  readNumber,
  readRequiredText,
  readText,
  readWhole,
  REQUIRED,
  type Body,
  type Refuse,
} from '#sandbox/wire/body-fields.ts'

/**
 * Reads the body of an update of a location. Documented: the update exists, and replaces the whole
 * record. Not documented: which fields it takes and requires. Here it takes the fields that the
 * sandbox stores of a location, except its parent and the names of its country and currency, and
 * requires those that a location cannot lack. Whether it fires BusinessUpdate is not documented
 * either, so it fires nothing.
 */
export function readBusinessDraft(body: Body, before: BusinessRow) {
  return readWhole((refuse) => {
    const name = readText(body, 'Name', refuse) ?? ''
    const text = (property: string) => readText(body, property, refuse) ?? ''
    return {
      name,
      // a name may be blank, and then the location is known by this text
      toStringText: name.trim() === '' ? before.toStringText : name,
      webAddress: readRequiredText(body, 'WebAddress', refuse),
      simpleTimeZoneId: readTimeZone(body, refuse),
      address: text('Address'),
      postalCode: text('PostalCode'),
      townCity: text('TownCity'),
      latitude: readNumber(body, 'Latitude', refuse),
      longitude: readNumber(body, 'Longitude', refuse),
      suspended: readFlag(body, 'Suspended', refuse),
      passportOnly: readFlag(body, 'PassportOnly', refuse),
      openingTimes: readOpeningTimes(body, Object.keys(before.openingTimes), refuse),
      systemId: readText(body, 'SystemId', refuse),
    }
  })
}

function readTimeZone({ SimpleTimeZoneId }: Body, refuse: Refuse): number {
  if (typeof SimpleTimeZoneId === 'number' && timeZoneOf(SimpleTimeZoneId)) return SimpleTimeZoneId
  const isOmitted = isMissing(SimpleTimeZoneId) || SimpleTimeZoneId === 0
  refuse('SimpleTimeZoneId', isOmitted ? REQUIRED : INVALID, SimpleTimeZoneId)
  return 0
}

function readOpeningTimes(body: Body, names: string[], refuse: Refuse): Record<string, number> {
  return Object.fromEntries(
    names.map((name) => {
      const minutes = readNumber(body, name, refuse)
      if (!Number.isInteger(minutes)) refuse(name, INVALID, minutes)
      return [name, minutes]
    }),
  )
}
