import type { Facts } from '#contract/nexudus/health.ts'

type Planned = {
  by: string
  /** The account that pauses it, if it is not the author's. */
  pausedBy: string | null
  askedAt: Date
  /** The number of times that it was switched since then. */
  switches: number
}

/** True if anybody switched the webhook since somebody asked for its pause. */
export const isSwitchedSince = (
  { askedAt }: Pick<Planned, 'askedAt'>,
  { switched }: Facts,
): boolean => switched !== undefined && Date.parse(switched.at) >= askedAt.getTime()

/** True if the webhook is off since it was paused as planned, and nobody switched it after that. */
export const isStillPaused = (planned: Planned, facts: Facts): boolean =>
  planned.switches === 1 &&
  isSwitchedSince(planned, facts) &&
  facts.switched?.isOn === false &&
  !facts.switched.isElsewhere &&
  facts.switched.by === (planned.pausedBy ?? planned.by)
