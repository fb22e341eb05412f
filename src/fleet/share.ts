import { NEEDS_ATTENTION, type HealthState } from '#contract/nexudus/health.ts'

/** Some webhooks: all of them, and those that a person has to see to. */
export type Share = { webhooks: number; troubled: number }

export const isTroubled = (state: HealthState) => NEEDS_ATTENTION.includes(state)

/** “1.6 %”: rounded, but never to nothing or to all of them. */
export function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (part / whole) * 100
  return `${percentNumber(share)}\u00A0%`
}

function percentNumber(share: number): string {
  if (share > 0 && share < 0.1) return 'below 0.1'
  if (share < 100 && share > 99) return 'above 99'
  return share < 10 ? String(Number(share.toFixed(1))) : String(Math.round(share))
}

/** “20 of 1,245”. */
export const partText = ({ webhooks, troubled }: Share) =>
  `${troubled.toLocaleString('en')} of ${webhooks.toLocaleString('en')}`
