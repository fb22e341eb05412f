import { HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'

export type StateCounts = Partial<Record<HealthState, number>>

export type StatePart = { state: HealthState; count: number; from: number; width: number }

/** One webhook among a thousand is to be seen, too. */
const LEAST_WIDTH = 0.01

/** The parts of a bar of the width 1, worst first: each state by its share of the webhooks. */
export function partsOf(counts: StateCounts): StatePart[] {
  const states = HEALTH_STATES.flatMap((state) => {
    const count = counts[state] ?? 0
    return count > 0 ? [{ state, count }] : []
  })
  const total = states.reduce((sum, { count }) => sum + count, 0)
  const widths = states.map(({ count }) => Math.max(LEAST_WIDTH, count / total))
  const sum = widths.reduce((before, width) => before + width, 0)
  let from = 0
  return states.map(({ state, count }, index) => {
    const width = (widths[index] ?? 0) / sum
    const part = { state, count, from, width }
    from += width
    return part
  })
}
