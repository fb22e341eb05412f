import { VisuallyHidden } from '@mantine/core'

import { HEALTH_LABELS } from '#contract/nexudus/health.ts'

import classes from './state-bar.module.css'
import { isTroubled } from './share.ts'
import { partsOf, type StateCounts } from './state-parts.ts'

const HEIGHT = 8

type StateBarProps = {
  counts: StateCounts
  /** Follows the last count. */
  note?: string | undefined
}

/** The numbers of webhooks in each state: a bar to see, and the same in words. */
export function StateBar({ counts, note }: StateBarProps) {
  const parts = partsOf(counts)
  return (
    <>
      <svg
        viewBox={`0 0 1 ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden
        className={classes.bar}
      >
        {parts.map(({ state, from, width }) => (
          <rect
            key={state}
            x={from}
            width={width}
            height={HEIGHT}
            data-state={state}
            data-troubled={isTroubled(state) || undefined}
            className={classes.state}
          />
        ))}
      </svg>
      <span className={classes.counts}>
        {parts.map(({ state, count }, index) => (
          <span key={state} className={classes.count}>
            <svg viewBox="0 0 1 1" aria-hidden className={classes.key}>
              <rect
                width={1}
                height={1}
                data-state={state}
                data-troubled={isTroubled(state) || undefined}
                className={classes.state}
              />
            </svg>
            {`${count.toLocaleString('en')} ${HEALTH_LABELS[state].toLowerCase()}`}
            {/* the gap that is seen between two is not heard */}
            {index < parts.length - 1 && <VisuallyHidden>, </VisuallyHidden>}
            {index === parts.length - 1 && note && <span>{`, ${note}`}</span>}
          </span>
        ))}
      </span>
    </>
  )
}
