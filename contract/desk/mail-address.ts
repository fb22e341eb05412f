import * as z from 'zod/mini'

/** In UTF-16 units; RFC 5321 allows no longer address. */
const LONGEST = 254

export const mailAddressSchema = z.email().check(z.maxLength(LONGEST))
