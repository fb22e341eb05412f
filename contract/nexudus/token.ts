import * as z from 'zod/mini'

/** In seconds, as documented: assumed for a token that does not tell its life. */
const USUAL_LIFE = 604_799

/** In seconds; a token with a shorter life would be renewed at every call. */
const LEAST_LIFE = 60
/** In seconds; as documented, a refresh token lives no longer. */
const LONGEST_LIFE = 15 * 24 * 60 * 60

/** In seconds, also if written as text; an unreadable life becomes the usual one. */
const lifeSchema = z.catch(
  z.pipe(
    z.pipe(
      z.transform((value: unknown) => (typeof value === 'string' ? Number(value) : value)),
      z.number().check(z.positive()),
    ),
    z.transform((life) => Math.min(Math.max(life, LEAST_LIFE), LONGEST_LIFE)),
  ),
  USUAL_LIFE,
)

/**
 * A successful answer of `POST /api/token`. `expires_in` is in seconds and differs between
 * accounts.
 */
export const tokenSchema = z.looseObject({
  access_token: z.string(),
  expires_in: lifeSchema,
  refresh_token: z.string(),
})

/**
 * A refusal of `POST /api/token`. With `must_reset_password` the description is itself a reset
 * token: never show or log it.
 */
export const tokenErrorSchema = z.looseObject({
  error: z.string(),
  error_description: z.optional(z.nullable(z.string())),
})

export type Token = z.infer<typeof tokenSchema>
