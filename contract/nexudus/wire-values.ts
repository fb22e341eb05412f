import * as z from 'zod/mini'

// one Nexudus may write numbers and flags as text, another as what they are

/** A whole number, also if written as text. */
export const wireInt = z.pipe(
  z.transform((value: unknown) =>
    typeof value === 'string' && /^\s*-?\d{1,16}\s*$/.test(value) ? Number(value) : value,
  ),
  z.int(),
)

/** A count, which is never negative. */
export const wireCount = z.pipe(wireInt, z.int().check(z.nonnegative()))

/** Replaces an action that cannot be read; no action has this number. */
export const UNREAD_ACTION = -1

/** Yes or no, also if written as text. */
export const wireFlag = z.pipe(
  z.transform((value: unknown) => {
    if (typeof value !== 'string') return value
    return FLAGS[value.trim().toLowerCase()] ?? value
  }),
  z.boolean(),
)

const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false }
