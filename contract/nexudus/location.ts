import * as z from 'zod/mini'

import { wireFlag, wireInt } from './wire-values.ts'

/** A location; Nexudus calls it a business. `Name` can be blank in practice. */
export const locationSchema = z.looseObject({
  Id: wireInt,
  Name: z.catch(z.nullish(z.string()), null),
  ToStringText: z.catch(z.nullish(z.string()), null),
  WebAddress: z.catch(z.nullish(z.string()), null),
  RootLocationId: z.catch(z.nullish(wireInt), null),
  TownCity: z.catch(z.nullish(z.string()), null),
  CountryName: z.catch(z.nullish(z.string()), null),
  Suspended: z.catch(z.nullish(wireFlag), null),
  SimpleTimeZoneId: z.catch(z.nullish(wireInt), null),
})

/** A time zone, as a location's `SimpleTimeZoneId` refers to it; `Name` is that of a Windows zone. */
export const timeZoneSchema = z.looseObject({ Id: wireInt, Name: z.string() })

export type Location = z.infer<typeof locationSchema>

/**
 * The locations that an account is limited to, given those it names and those it is shown; `null`
 * if there is no limit. Naming every location is no limit. But if Nexudus lists only the locations
 * that the account names, the list proves nothing: it must be complete, with the root of its tree.
 */
export function limitOf(
  named: readonly number[] | null | undefined,
  all: readonly Location[] | undefined,
): number[] | null {
  if (!named?.length) return null
  const ids = new Set(named)
  const isWhole =
    all !== undefined &&
    all.length > 0 &&
    all.every(({ Id, RootLocationId }) => {
      return ids.has(Id) && (RootLocationId == null || ids.has(RootLocationId))
    })
  return isWhole ? null : [...named]
}

/** A display name: `Name`, else `ToStringText`, else the number that people see as "Location #". */
export function locationName(location: Location): string {
  return location.Name?.trim() || location.ToStringText?.trim() || `Location ${location.Id}`
}
