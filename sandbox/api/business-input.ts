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
 * Reads the body of an update of a location. Documented is that there is one, and that it replaces
 * the whole record; which fields it takes and which it must have is not. Here it takes what the
 * stand-in keeps of a location itself, without its parent and the names of its country and currency,
 * and must have what a location cannot be without. Whether it fires BusinessUpdate is not
 * documented either, so it fires nothing.
 */
export function readBusinessDraft(body: Body, before: BusinessRow) {
  return readWhole((refuse) => {
    const name = readText(body, 'Name', refuse) ?? ''
    const text = (property: string) => readText(body, property, refuse) ?? ''
    return {
      name,
      // a name may be blank, and then this is what the location is called
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
