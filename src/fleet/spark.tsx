import type { Strip } from '#contract/desk/timeline.ts'

import classes from './state-strip.module.css'
import { Bars } from './state-strip.tsx'

const WIDTH = 140
const HEIGHT = 14

const DAY_MS = 24 * 3_600_000

/**
 * The last days of a webhook at a glance; its timeline says the same in words. Nothing before the
 * watch has seen a day of it.
 */
export function Spark({ strip: { from, to, states } }: { strip: Strip }) {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const begin = Date.parse(states.find(({ health }) => health !== null)?.from ?? to)
  if (end - begin < DAY_MS) return null
  const at = (iso: string) => ((Date.parse(iso) - start) / (end - start)) * WIDTH
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
      className={classes.spark}
    >
      <Bars states={states} at={at} height={HEIGHT} least={1} />
    </svg>
  )
}
