/**
 * An instant as Nexudus writes it: UTC, seven fractional digits. A `Date` lacks the last four
 * digits; they are derived from the others, so that they look real and stay the same in tests.
 */
export function wireTime(at: Date): string {
  const ticks = String((at.getTime() * 7919) % 10_000).padStart(4, '0')
  return at.toISOString().replace('Z', `${ticks}Z`)
}
