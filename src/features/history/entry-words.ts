import type { HistoryEntry } from '#contract/desk/history.ts'
import type { FieldDiff } from '#contract/desk/run.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { fieldLabel, valueLabel } from '#fleet/field-words.ts'
import { dateFormat } from '#ui/text/time.ts'

/** Names a change in a word or two. Most changes are switches, so those have words of their own. */
export function kindLabel({ kind, diff, stoppedAfter }: HistoryEntry): string {
  if (stoppedAfter !== null) return 'Stopped'
  if (kind === 'create') return 'Created'
  if (kind === 'delete') return 'Deleted'
  if (kind === 'outside') return 'Changed outside Hookdesk'
  if (kind === 'outside-create') return 'Created outside Hookdesk'
  if (kind === 'outside-delete') return 'Deleted outside Hookdesk'
  const [only, ...others] = diff
  if (only?.field === 'Active' && others.length === 0) {
    return only.to === 'true' ? 'Resumed' : 'Paused'
  }
  return 'Changed'
}

/** True if the entry is a deletion, by Hookdesk or elsewhere. */
export const wasDeleted = (kind: HistoryEntry['kind']) =>
  kind === 'delete' || kind === 'outside-delete'

/** Explains beforehand what reverting the entry will do. */
export function explainRevert(entry: HistoryEntry, locations: Map<number, Location>): string[] {
  if (entry.kind === 'create') {
    return [`This deletes “${entry.name}” from Nexudus. You can restore it from here.`]
  }
  if (entry.kind === 'delete') {
    return [
      `This creates “${entry.name}” again with everything it had, switched off and with a new id.`,
      'Check that its URL still answers before you switch it on.',
    ]
  }
  if (entry.kind === 'outside-delete') {
    const isDescribed = entry.diff.some(({ field }) => field === 'Description')
    return [
      `This creates “${entry.name}” again as last seen, switched off and with a new id.`,
      ...(isDescribed ? [] : ['Its description, if it had one, was never seen and is lost.']),
      'Check that its URL still answers before you switch it on.',
    ]
  }
  const fields = entry.diff.map((each) => explainField(each, locations))
  return [`This sets these fields of “${entry.name}” back:`, ...fields]
}

function explainField({ field, from, isHidden }: FieldDiff, locations: Map<number, Location>) {
  const value = isHidden ? 'as before; the difference is in the hidden part' : null
  return `${fieldLabel(field)}: ${value ?? valueLabel(field, from, locations)}`
}

const day = dateFormat({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const clock = dateFormat({ hour: '2-digit', minute: '2-digit' })
const dayAndClock = dateFormat({
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

export const dayLabel = (at: number) => day.format(at)

/** "Between 09:10 and 09:15"; with the days, if they differ. */
export function windowLabel(since: number, at: number): string {
  if (day.format(since) === day.format(at)) {
    const [from, to] = [clock.format(since), clock.format(at)]
    return from === to ? `About ${to}` : `Between ${from} and ${to}`
  }
  return `Between ${dayAndClock.format(since)} and ${dayAndClock.format(at)}`
}

export type Day = { label: string; entries: HistoryEntry[] }

/**
 * Groups entries by day, in their order. A change made elsewhere is found later than it was made,
 * and keeps the place where it was found.
 */
export function daysOf(entries: readonly HistoryEntry[]): Day[] {
  const days: Day[] = []
  for (const entry of entries) {
    const label = dayLabel(Date.parse(entry.at))
    const last = days.at(-1)
    if (last?.label === label) last.entries.push(entry)
    else days.push({ label, entries: [entry] })
  }
  return days
}
