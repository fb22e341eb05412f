import * as z from 'zod/mini'

/** The signed-in administrator, with what decides their reach and their rights. */
export const userSchema = z.looseObject({
  Id: z.int(),
  FullName: z.optional(z.nullable(z.string())),
  Email: z.string(),
  IsAdmin: z.optional(z.nullable(z.boolean())),
  Businesses: z.optional(z.nullable(z.array(z.int()))),
  UserRoles: z.optional(z.nullable(z.array(z.int()))),
})

export const userRoleSchema = z.looseObject({
  Id: z.int(),
  Name: z.optional(z.nullable(z.string())),
  Roles: z.optional(z.nullable(z.array(z.int()))),
})

export const roleSchema = z.looseObject({ Id: z.int(), Name: z.string() })

/** Documented properties of a user that nobody outside the server may see. */
export const SECRET_USER_FIELDS = [
  'AccessToken',
  'Password',
  'PasswordSalt',
  'TwoFactorSecret',
] as const

export type User = z.infer<typeof userSchema>
