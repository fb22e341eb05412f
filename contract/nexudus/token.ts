import * as z from 'zod/mini'

/** In seconds, as documented: what is taken where a token does not tell how long it lives. */
const USUAL_LIFE = 604_799

/** A token that ended sooner would be renewed at every call. */
const LEAST_LIFE = 60
/** As documented, what it is renewed with lives no longer. */
const LONGEST_LIFE = 15 * 24 * 60 * 60

/** In seconds, also where it is written as text; a life that cannot be told is the usual one. */
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

/** A good answer of `POST /api/token`. `expires_in` is in seconds and differs between accounts. */
export const tokenSchema = z.looseObject({
  access_token: z.string(),
  expires_in: lifeSchema,
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
