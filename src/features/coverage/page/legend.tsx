import { IconCopy, IconPlus } from '@tabler/icons-react'

import { HEALTH_LABELS, HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import type { Coverage } from '#features/coverage/coverage.ts'
import type { View } from '#features/coverage/shown.ts'
import { HEALTH_ICONS } from '#fleet/health-badge.tsx'

import classes from './legend.module.css'

type LegendProps = {
  coverage: Coverage
  chosen: readonly HealthState[]
  /** The list view says the rest in words. */
  view: View
  onToggle: (state: HealthState) => void
}

/** Explains the tiles; the states also filter. */
export function Legend({ coverage, chosen, view, onToggle }: LegendProps) {
  const counts = countsOf(coverage)
  const states = HEALTH_STATES.filter((state) => counts.has(state) || chosen.includes(state))
  return (
    <div className={classes.legend}>
      <div role="group" aria-label="Health" className={classes.states}>
        {states.map((state) => {
          const Icon = HEALTH_ICONS[state]
          const isChosen = chosen.includes(state)
          return (
            <button
              key={state}
              type="button"
              className={classes.state}
              aria-pressed={isChosen}
              onClick={() => onToggle(state)}
            >
              <span className={classes.swatch} data-state={state}>
                <Icon size={16} aria-hidden />
              </span>
              {HEALTH_LABELS[state]}
              <span className={classes.count}>{counts.get(state) ?? 0}</span>
            </button>
          )
        })}
      </div>
      {view === 'grid' && <Notes canCompare={coverage.others > 0} />}
    </div>
  )
}

function Notes({ canCompare }: { canCompare: boolean }) {
  return (
    <ul className={classes.notes} aria-label="Other tile marks">
      {canCompare && (
        <li>
          <span className={classes.swatch} data-lacks>
            <IconPlus size={14} aria-hidden />
          </span>
          Gap: most others have one
        </li>
      )}
      <li>
        <span className={classes.swatch}>
          <span className={classes.dot} />
        </span>
        No webhook
      </li>
      <li>
        <span className={classes.swatch} data-duplicate>
          <IconCopy size={14} aria-hidden />
        </span>
        Duplicate: same URL twice
      </li>
    </ul>
  )
}

function countsOf({ locations }: Coverage): Map<HealthState, number> {
  const counts = new Map<HealthState, number>()
  for (const { cells } of locations) {
    for (const { rows } of cells.values()) {
      for (const { health } of rows) counts.set(health, (counts.get(health) ?? 0) + 1)
    }
  }
  return counts
}
