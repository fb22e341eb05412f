import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDotted,
  IconEye,
  IconHandStop,
  IconHelpCircle,
  IconMoon,
  IconPlayerPause,
  type Icon,
} from '@tabler/icons-react'
import type { CSSProperties } from 'react'

import { FAILURE_LIMIT, HEALTH_LABELS, type HealthState } from '#contract/nexudus/health.ts'

import classes from './health-badge.module.css'

export const HEALTH_ICONS: { readonly [State in HealthState]: Icon } = {
  stopped: IconHandStop,
  'about-to-stop': IconAlertTriangle,
  failing: IconAlertTriangle,
  unreadable: IconHelpCircle,
  'on-watch': IconEye,
  quiet: IconMoon,
  paused: IconPlayerPause,
  off: IconCircle,
  'not-triggered': IconCircleDotted,
  working: IconCircleCheck,
}

/** Icon, word and colour, and the failures with their limit; a count without one means nothing. */
export function HealthBadge({ state, failures }: { state: HealthState; failures: number }) {
  const Icon = HEALTH_ICONS[state]
  return (
    <span className={classes.health}>
      <span className={classes.badge} data-state={state}>
        <Icon size={16} aria-hidden className={classes.icon} />
        <span>{HEALTH_LABELS[state]}</span>
      </span>
      {failures > 0 && (
        <span className={classes.count}>
          <span
            className={classes.bar}
            data-bar
            data-state={state}
            style={shareOf(failures)}
            aria-hidden
          />
          {failuresText(failures)}
        </span>
      )}
    </span>
  )
}

/** The failures, with their limit if there is one. */
export const failuresText = (failures: number) =>
  failures > FAILURE_LIMIT ? `${failures} failures` : `${failures} of ${FAILURE_LIMIT}`

/** The share of the bar that is filled; React's types do not know custom properties. */
const shareOf = (failures: number) =>
  ({ '--share': Math.min(failures / FAILURE_LIMIT, 1) }) as CSSProperties
