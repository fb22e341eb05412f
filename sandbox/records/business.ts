import { eq } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { businesses, type BusinessRow } from '#sandbox/db/tables.ts'
import { baseFields } from '#sandbox/wire/wire-record.ts'

/** The location with this id; `undefined` if there is none. */
export async function findBusiness(db: Database, id: number): Promise<BusinessRow | undefined> {
  const [row] = await db.select().from(businesses).where(eq(businesses.id, id))
  return row
}

/** The record on the wire. */
export const businessRecord = (row: BusinessRow) => ({
  Name: row.name,
  WebAddress: row.webAddress,
  RootLocationId: row.rootLocationId,
  SimpleTimeZoneId: row.simpleTimeZoneId,
  CurrencyCode: row.currencyCode,
  CountryName: row.countryName,
  TownCity: row.townCity,
  Address: row.address,
  PostalCode: row.postalCode,
  Latitude: row.latitude,
  Longitude: row.longitude,
  Suspended: row.suspended,
  PassportOnly: row.passportOnly,
  ...row.openingTimes,
  ...baseFields(row, row.toStringText),
})
