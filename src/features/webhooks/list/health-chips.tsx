import { HEALTH_LABELS, HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import { HEALTH_ICONS } from '#fleet/health-badge.tsx'
import { pressOf } from '#ui/hooks/link-press.ts'

import classes from './health-chips.module.css'

// states that Hookdesk finds by watching over time; each has a chip once a webhook is in it
const SEEN_ONLY: ReadonlySet<HealthState> = new Set(['quiet'])

type HealthChipsProps = {
  counts: Map<string | number, number>
  chosen: HealthState[]
  /** The address of the list with this state added to the filter, or removed. */
  addressOf: (state: HealthState) => string
  onToggle: (state: HealthState) => void
}

/** The summary of the fleet, which is also its filter. A chip at zero stays, so nothing jumps. */
export function HealthChips({ counts, chosen, addressOf, onToggle }: HealthChipsProps) {
  const shown = HEALTH_STATES.filter(
    (state) => !SEEN_ONLY.has(state) || counts.has(state) || chosen.includes(state),
  )
  return (
    <div role="group" aria-label="Health" className={classes.chips}>
      {shown.map((state) => {
        const isChosen = chosen.includes(state)
        const count = counts.get(state) ?? 0
        const Icon = HEALTH_ICONS[state]
        return (
          <a
            key={state}
            href={addressOf(state)}
            className={classes.chip}
            data-state={state}
            data-empty={count === 0 || undefined}
            aria-current={isChosen}
            {...pressOf(() => onToggle(state))}
          >
            <Icon size={18} aria-hidden className={classes.icon} />
            <span>{HEALTH_LABELS[state]}</span>
            <span className={classes.count}>{count}</span>
          </a>
        )
      })}
    </div>
  )
}
