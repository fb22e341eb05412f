/**
 * An instant as Nexudus writes it: UTC, seven fractional digits. The four digits a `Date` does
 * not have are derived from the others, so that they look alive and stay the same in tests.
 */
export function wireTime(at: Date): string {
  const ticks = String((at.getTime() * 7919) % 10_000).padStart(4, '0')
  return at.toISOString().replace('Z', `${ticks}Z`)
}
