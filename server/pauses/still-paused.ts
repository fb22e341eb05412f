import type { Facts } from '#contract/nexudus/health.ts'

/** True if the webhook is off since its author paused it, and nobody switched it after that. */
export const isStillPaused = (
  { by, askedAt }: { by: string; askedAt: Date },
  { switched }: Facts,
): boolean =>
  switched !== undefined &&
  !switched.isOn &&
  !switched.isElsewhere &&
  switched.by === by &&
  Date.parse(switched.at) >= askedAt.getTime()
