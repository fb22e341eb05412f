import {
  HEALTH_LABELS,
  HEALTH_STATES,
  NEEDS_ATTENTION,
  type HealthState,
} from '#contract/nexudus/health.ts'

import classes from './state-strip.module.css'

const WIDTH = 1000
const HEIGHT = 8

type StateBarProps = { counts: Partial<Record<HealthState, number>> }

/** The share of each state among some webhooks, as a bar and in words. */
export function StateBar({ counts }: StateBarProps) {
  const states = HEALTH_STATES.flatMap((state) => {
    const count = counts[state] ?? 0
    return count > 0 ? [{ state, count }] : []
  })
  const total = states.reduce((sum, { count }) => sum + count, 0)
  // the bar has all of them; the words tell those that matter
  const bad = states.filter(({ state }) => NEEDS_ATTENTION.includes(state))
  const working = `${percent(counts.working ?? 0, total)} working`
  const widthOf = (count: number) => (count / total) * WIDTH
  const parts = states.map(({ state, count }, index) => ({
    state,
    x: states.slice(0, index).reduce((x, before) => x + widthOf(before.count), 0),
    width: widthOf(count),
  }))
  return (
    <>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={states.map(({ state, count }) => wordsOf(state, count, total)).join(', ')}
        className={classes.bar}
      >
        {parts.map((part) => (
          <rect
            key={part.state}
            x={part.x}
            width={part.width}
            height={HEIGHT}
            data-state={part.state}
            className={classes.state}
          />
        ))}
      </svg>
      <span className={classes.shares}>
        {[...bad.map(({ state, count }) => numberOf(state, count)), working].join(', ')}
      </span>
    </>
  )
}

/** “8 stopped (below 1 %)”. */
const wordsOf = (state: HealthState, count: number, total: number) =>
  `${numberOf(state, count)} (${percent(count, total)})`

const numberOf = (state: HealthState, count: number) =>
  `${count.toLocaleString('en')} ${HEALTH_LABELS[state].toLowerCase()}`

function percent(count: number, total: number): string {
  const share = (count / total) * 100
  if (share > 0 && share < 1) return 'below 1 %'
  if (share < 100 && share > 99) return 'above 99 %'
  return `${Math.round(share)} %`
}
