import type { WatchState } from '#contract/desk/attention.ts'
import { watchTroubleText } from '#contract/words/watch-trouble.ts'

/** Intervals without a look, from which on the watch is late. */
const MISSED = 4

/** For a watch in another process, whose interval is not known here. */
const PATIENCE_MS = 15 * 60_000

/** The reason why what the page shows may be out of date; `undefined` if it is not. */
export function doubtOf(watch: WatchState, now: number): string | undefined {
  const { trouble, intervalMs, lastLookAt } = watch
  if (trouble !== null) return watchTroubleText(trouble)
  const patience = intervalMs === null ? PATIENCE_MS : MISSED * intervalMs
  const isLate = lastLookAt !== null && now - Date.parse(lastLookAt) > patience
  return isLate ? 'It has not looked for some time: it may not be running.' : undefined
}
