import type { Strip } from '#contract/desk/timeline.ts'
import { HEALTH_LABELS, type HealthState } from '#contract/nexudus/health.ts'
import { useNow } from '#ui/hooks/now.ts'
import { clockTime } from '#ui/text/time.ts'

import classes from './state-strip.module.css'

const WIDTH = 1000
const HEIGHT = 28

/** Height of a state's bar: it tells states apart without their colours. */
const SHARES: { readonly [State in HealthState]: number } = {
  stopped: 1,
  'about-to-stop': 0.85,
  failing: 0.7,
  unreadable: 0.55,
  'on-watch': 0.55,
  quiet: 0.55,
  paused: 0.4,
  off: 0.4,
  'not-triggered': 0.25,
  working: 0.25,
}

type StateStripProps = {
  span: Strip
  /** The webhook, if it does not stand beside the strip. */
  of?: string
}

/** A strip of states over time, up to now. */
export function StateStrip({ span: { from, to, states, blind }, of }: StateStripProps) {
  const now = useNow()
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const at = (iso: string) => ((Date.parse(iso) - start) / (end - start)) * WIDTH
  const present = states.at(-1)?.health
  return (
    <figure className={classes.figure}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`States${of === undefined ? '' : ` of ${of}`} since ${clockTime(start, now)}; now ${present ? HEALTH_LABELS[present] : 'unknown'}`}
        className={classes.strip}
      >
        <rect width={WIDTH} height={HEIGHT} className={classes.ground} />
        <Bars states={states} at={at} height={HEIGHT} least={2} />
        {blind.map((gap) => (
          <rect
            key={gap.from}
            x={at(gap.from)}
            width={Math.max(2, at(gap.to) - at(gap.from))}
            height={HEIGHT}
            className={classes.blind}
          />
        ))}
      </svg>
      <figcaption className={classes.ends}>
        <span>{clockTime(start, now)}</span>
        <span>now</span>
      </figcaption>
    </figure>
  )
}

type BarsProps = {
  states: Strip['states']
  /** The place of a time in the drawing. */
  at: (iso: string) => number
  /** The height of the drawing. */
  height: number
  /** The width of a state of a moment, which is seen, too. */
  least: number
}

/** A bar for each known state. */
export const Bars = ({ states, at, height, least }: BarsProps) =>
  states.map(({ from, to, health }) => {
    if (!health) return null
    const share = SHARES[health] * height
    return (
      <rect
        key={from}
        x={at(from)}
        y={height - share}
        width={Math.max(least, at(to) - at(from))}
        height={share}
        data-state={health}
        className={classes.state}
      />
    )
  })
