import * as z from 'zod/mini'

// one Nexudus may write as text what another writes as a number or a flag

/** A whole number, also one that is written as text. */
export const wireInt = z.pipe(
  z.transform((value: unknown) =>
    typeof value === 'string' && /^\s*-?\d{1,16}\s*$/.test(value) ? Number(value) : value,
  ),
  z.int(),
)

/** How many there are of something, which is never fewer than none. */
export const wireCount = z.pipe(wireInt, z.int().check(z.nonnegative()))

/** Stands for the action of a record that cannot be read; no action has this number. */
export const UNREAD_ACTION = -1

/** Yes or no, also written as text. */
export const wireFlag = z.pipe(
  z.transform((value: unknown) => {
    if (typeof value !== 'string') return value
    return FLAGS[value.trim().toLowerCase()] ?? value
  }),
  z.boolean(),
)

const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false }
