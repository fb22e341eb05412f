import * as z from 'zod/mini'

/** `00:00` to `23:59`, on the clock of a zone. */
export const timeOfDaySchema = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
