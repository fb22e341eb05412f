import * as z from 'zod/mini'

/** A good answer of `POST /api/token`. `expires_in` is in seconds and differs between accounts. */
export const tokenSchema = z.looseObject({
  access_token: z.string(),
  token_type: z.optional(z.string()),
  expires_in: z.number(),
  refresh_token: z.string(),
})

/**
 * A refusal of `POST /api/token`. With `must_reset_password` the description is itself a
 * reset token: it may be neither shown nor logged.
 */
export const tokenErrorSchema = z.looseObject({
  error: z.string(),
  error_description: z.optional(z.nullable(z.string())),
})

export type Token = z.infer<typeof tokenSchema>
