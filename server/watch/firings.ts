/** The hours, of up to eight weeks, in which the watch saw a webhook fire: one bit an hour. */
export type Firings = {
  /** The week of the last bits, counted from 1970. */
  week: number
  bits: Uint8Array
}

const HOUR_MS = 3_600_000

export const HOURS_A_WEEK = 168

const WEEKS_KEPT = 8

const BYTES_A_WEEK = HOURS_A_WEEK / 8

export const BYTES_KEPT = WEEKS_KEPT * BYTES_A_WEEK

/** The hour of an instant in milliseconds, counted from 1970. */
export const hourOf = (ms: number) => Math.floor(ms / HOUR_MS)

export const weekOf = (hour: number) => Math.floor(hour / HOURS_A_WEEK)

/** The hour of the first bit, if this week is the last. */
export const firstHourBefore = (week: number) => (week - WEEKS_KEPT + 1) * HOURS_A_WEEK

/** The firings with one more hour; the same object if that is no news, or too long ago. */
export function withFiring(known: Firings | undefined, hour: number): Firings {
  const week = Math.max(known?.week ?? 0, weekOf(hour))
  const at = hour - firstHourBefore(week)
  if (known && (at < 0 || (known.week === week && hasBit(known.bits, at)))) return known
  const bits = new Uint8Array(BYTES_KEPT)
  if (known) bits.set(bitsUpTo(week, known))
  bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7))
  return { week, bits }
}

/** The bits of the eight weeks up to this one; shorter if none are known of the last weeks. */
export const bitsUpTo = (week: number, { week: last, bits }: Firings) =>
  bits.subarray(Math.min(bits.length, (week - last) * BYTES_A_WEEK))

export const hasBit = (bits: Uint8Array, at: number) =>
  (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) === 1

/** The places of the bits that are set, in their order. */
export function setBits(bits: Uint8Array): number[] {
  const set: number[] = []
  for (let byte = 0; byte < bits.length; byte += 1) {
    for (let rest = bits[byte] ?? 0; rest > 0; rest &= rest - 1) {
      set.push(byte * 8 + 31 - Math.clz32(rest & -rest))
    }
  }
  return set
}

/** For a column. */
export const writtenBits = (bits: Uint8Array) => Buffer.from(bits).toString('base64')
export const readBits = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
