import * as z from 'zod/mini'

import { wireFlag, wireInt } from './wire-values.ts'

/** The signed-in administrator, with the fields that decide their locations and rights. */
export const userSchema = z.looseObject({
  Id: wireInt,
  FullName: z.optional(z.nullable(z.string())),
  Email: z.string(),
  IsAdmin: z.optional(z.nullable(wireFlag)),
  Businesses: z.optional(z.nullable(z.array(wireInt))),
  UserRoles: z.optional(z.nullable(z.array(wireInt))),
})

export const userRoleSchema = z.looseObject({
  Id: wireInt,
  Name: z.optional(z.nullable(z.string())),
  Roles: z.optional(z.nullable(z.array(wireInt))),
})

export const roleSchema = z.looseObject({ Id: wireInt, Name: z.string() })

/** Documented fields of a user that must not leave the server. */
export const SECRET_USER_FIELDS = [
  'AccessToken',
  'Password',
  'PasswordSalt',
  'TwoFactorSecret',
] as const

export type User = z.infer<typeof userSchema>
