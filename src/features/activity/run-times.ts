import type { Run } from '#contract/desk/run.ts'

const SECOND = 1000
const DAY = 24 * 3600 * SECOND

/** In milliseconds: after this a dry run says little of what is so now. */
const OLD_AFTER_MS = 3 * DAY

/** True if a run was prepared days ago and never started. */
export const isOldDraft = ({ state, createdAt }: Pick<Run, 'state' | 'createdAt'>, now: number) =>
  state === 'proposed' && now - Date.parse(createdAt) > OLD_AFTER_MS

/** The time from start to end, "4 min" or "12 s"; `null` if the run has not had both. */
export function durationOf({
  startedAt,
  finishedAt,
}: Pick<Run, 'startedAt' | 'finishedAt'>): string | null {
  if (startedAt === null || finishedAt === null) return null
  const seconds = Math.max(1, Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / SECOND))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
