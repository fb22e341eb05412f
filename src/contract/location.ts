import * as z from 'zod/mini'

/** A location; Nexudus calls it a business. `Name` can be blank in practice. */
export const locationSchema = z.looseObject({
  Id: z.int(),
  Name: z.optional(z.nullable(z.string())),
  ToStringText: z.optional(z.nullable(z.string())),
  WebAddress: z.optional(z.nullable(z.string())),
  RootLocationId: z.optional(z.nullable(z.int())),
  TownCity: z.optional(z.nullable(z.string())),
  CountryName: z.optional(z.nullable(z.string())),
  Suspended: z.optional(z.nullable(z.boolean())),
})

export type Location = z.infer<typeof locationSchema>

/** A name to show: `Name`, else `ToStringText`, else the number people see as "Location #". */
export function locationName(location: Location): string {
  return location.Name?.trim() || location.ToStringText?.trim() || `Location ${location.Id}`
}
