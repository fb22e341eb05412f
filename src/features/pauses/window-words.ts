import { WEEKDAYS, type PauseWindow, type Weekday } from '#contract/desk/pauses.ts'

export const DAY_LABELS: { readonly [Day in Weekday]: string } = {
  1: 'Mon',
  2: 'Tue',
  3: 'Wed',
  4: 'Thu',
  5: 'Fri',
  6: 'Sat',
  7: 'Sun',
}

type Hours = Pick<PauseWindow, 'days' | 'from' | 'until' | 'zone'>

/** “Mon to Fri, 22:00 to 06:00 the next day (Europe/London)”. */
export function hoursText({ days, from, until, zone }: Hours): string {
  const end = until > from ? until : `${until} the next day`
  return `${daysText(days)}, ${from} to ${end} (${zone})`
}

function daysText(days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return 'Every day'
  const [first] = days
  const last = days.at(-1)
  const isRow = first && last && days.length > 2 && last - first === days.length - 1
  if (isRow) return `${DAY_LABELS[first]} to ${DAY_LABELS[last]}`
  return days.map((day) => DAY_LABELS[day]).join(', ')
}

/** The reason that the last time was not carried out as planned, if it was not. */
export function windowProblem({ problem }: Pick<PauseWindow, 'problem'>): string | null {
  if (problem === null) return null
  return PROBLEMS[problem] ?? 'Not all could be paused the last time. Hookdesk tries again.'
}

const PROBLEMS: { readonly [problem: string]: string } = {
  missed: 'Missed the last time: no Hookdesk was running.',
  no_right: 'Not carried out: the watch’s account may not switch webhooks.',
}
