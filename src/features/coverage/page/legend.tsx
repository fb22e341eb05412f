import { useMediaQuery } from '@mantine/hooks'
import { IconCopy, IconPlus } from '@tabler/icons-react'

import { HEALTH_LABELS, HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import type { View } from '#features/coverage/shown.ts'
import { HEALTH_ICONS } from '#fleet/health-badge.tsx'
import { Disclosure } from '#ui/controls/disclosure.tsx'

import classes from './legend.module.css'

type LegendProps = {
  counts: ReadonlyMap<HealthState, number>
  /** True if gaps can be told from other empty tiles. */
  canCompare: boolean
  chosen: readonly HealthState[]
  /** The list view says the rest in words. */
  view: View
  onToggle: (state: HealthState) => void
}

/** In a narrower window the states take the whole line. */
const NARROW = '(max-width: 75em)'

/** With more states there is no room for the other marks beside them. */
const STATES_IN_LINE = 7

/** Explains the tiles in one line; the states also filter. */
export function Legend({ counts, canCompare, chosen, view, onToggle }: LegendProps) {
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const states = HEALTH_STATES.filter((state) => counts.has(state) || chosen.includes(state))
  const isFolded = isNarrow || states.length > STATES_IN_LINE
  return (
    <div className={classes.legend}>
      <div role="group" aria-label="Health" className={classes.states}>
        {states.map((state) => {
          const Icon = HEALTH_ICONS[state]
          return (
            <button
              key={state}
              type="button"
              className={classes.state}
              aria-pressed={chosen.includes(state)}
              onClick={() => onToggle(state)}
            >
              <span className={classes.swatch} data-state={state}>
                <Icon size={16} aria-hidden />
              </span>
              {HEALTH_LABELS[state]}
              <span className={classes.count}>{(counts.get(state) ?? 0).toLocaleString('en')}</span>
            </button>
          )
        })}
      </div>
      {view === 'grid' && !isFolded && <Notes canCompare={canCompare} isBrief />}
      {view === 'grid' && isFolded && (
        <Disclosure summary="Other tiles" className={classes.more}>
          <Notes canCompare={canCompare} />
        </Disclosure>
      )}
    </div>
  )
}

type NotesProps = Pick<LegendProps, 'canCompare'> & { isBrief?: boolean }

function Notes({ canCompare, isBrief = false }: NotesProps) {
  return (
    <ul className={classes.notes} aria-label="Other tile marks">
      {canCompare && (
        <li>
          <span className={classes.swatch} data-lacks>
            <IconPlus size={14} aria-hidden />
          </span>
          {isBrief ? 'Gap' : 'Gap: most others have one'}
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
        {isBrief ? 'Duplicate' : 'Duplicate: same URL twice'}
      </li>
    </ul>
  )
}
