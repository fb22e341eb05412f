import { RUN_ITEM_STATES, type Run, type RunItem, type RunItemState } from '#contract/desk/run.ts'
import { plural } from '#contract/words/plural.ts'

/** Groups of items, in the order of interest: those that need an act come first. */
export const GROUPS: readonly { state: RunItemState; title: string; afterwards?: string }[] = [
  { state: 'failed', title: 'Failed' },
  { state: 'ready', title: 'Will change', afterwards: 'Not done' },
  { state: 'barred', title: 'Not allowed' },
  { state: 'missing', title: 'Not found' },
  { state: 'conflict', title: 'Changed meanwhile' },
  { state: 'same', title: 'No change needed' },
  { state: 'left-out', title: 'Left out' },
  { state: 'done', title: 'Done' },
]

/** Counts the items of a run, those to do, and those done or failed. */
export function progressOf({ counts, state }: Run) {
  const all = RUN_ITEM_STATES.reduce((sum, name) => sum + (counts[name] ?? 0), 0)
  const open = state === 'checking' ? counts.unchecked : (counts.ready ?? 0)
  const leftOut = state === 'checking' ? 0 : all - open - counts.done - counts.failed
  const toDo = all - leftOut
  const failed = state === 'checking' ? 0 : counts.failed
  return { all, toDo, failed, done: toDo - (open ?? 0) - failed }
}

/**
 * The time that the remaining items take at the pace Nexudus allows; `null` while the run stands
 * still.
 */
export function timeLeft({ counts, state, perMinute }: Run): string | null {
  if (state !== 'running' || counts.ready === 0) return null
  const minutes = Math.ceil(counts.ready / perMinute)
  return minutes <= 1 ? 'About a minute left' : `About ${plural(minutes, 'minute')} left`
}

/** The button for the chosen items: "Pause 34 webhooks". */
export function actOf(items: readonly Pick<RunItem, 'kind' | 'diff'>[]): string {
  return `${verbOf(items)} ${plural(items.length, 'webhook')}`
}

function verbOf(items: readonly Pick<RunItem, 'kind' | 'diff'>[]): string {
  const every = (test: (item: Pick<RunItem, 'kind' | 'diff'>) => boolean) =>
    items.length > 0 && items.every(test)
  const switchesTo = (value: string) =>
    every(({ kind, diff }) => kind === 'change' && diff.length === 1 && isSwitch(diff[0], value))

  if (every(({ kind }) => kind === 'create')) return 'Create'
  if (every(({ kind }) => kind === 'delete')) return 'Delete'
  if (switchesTo('false')) return 'Pause'
  if (switchesTo('true')) return 'Resume'
  return 'Change'
}

const isSwitch = (field: RunItem['diff'][number] | undefined, value: string) =>
  field?.field === 'Active' && field.to === value

/** Explains in a sentence why a run is waiting; `null` while it works. */
export function waitText({ wait, state }: Run, now: number): string | null {
  if (!wait) return null
  const left = wait.until ? Math.max(0, Math.ceil((Date.parse(wait.until) - now) / 1000)) : null
  const when = left === null ? '' : ` Continues in ${left} s.`
  switch (wait.for) {
    case 'nexudus':
      return `Nexudus asked Hookdesk to wait, or does not answer.${when}`
    case 'turn':
      return `Another change to the next webhook is in progress, or Nexudus may still apply it.${when}`
    case 'budget':
      return `Hookdesk keeps to what Nexudus allows per minute.${when}`
    default:
      // the person who reads this is signed in again
      return `The session behind this ${state === 'checking' ? 'dry run' : 'run'} has ended. Sign in again if you have not, then press Continue.`
  }
}

/** The progress of a run, never rounded up: "28 of 31 done, 3 failed". */
export function standOf(run: Run): string {
  const { counts, state } = run
  const total = progressOf(run).all - counts['left-out']
  const said = [
    `${counts.done.toLocaleString('en')} of ${total.toLocaleString('en')} done`,
    counts.failed > 0 && `${counts.failed} failed`,
    counts.conflict > 0 && `${counts.conflict} changed meanwhile`,
    counts.missing > 0 && `${counts.missing} not found`,
    counts.same > 0 && `${counts.same} with no change needed`,
    counts.barred > 0 && `${counts.barred} not allowed`,
  ].filter(Boolean)
  switch (state) {
    case 'checking':
      return 'Dry run in progress'
    case 'proposed':
      return `Not started: ${counts.ready.toLocaleString('en')} would change`
    case 'running':
      return `Running: ${said.join(', ')}`
    case 'paused':
      return `Paused: ${said.join(', ')}`
    case 'stopped':
      return run.startedAt === null ? 'Discarded' : `Stopped: ${said.join(', ')}`
    default:
      return said.join(', ')
  }
}

/** Switched-off duplicates of webhooks that a run was to create, each once. */
export const switchedOffDuplicates = (
  items: readonly Pick<RunItem, 'isDuplicateOff' | 'webhookId'>[],
) => [
  ...new Set(
    items.flatMap(({ isDuplicateOff, webhookId }) => (isDuplicateOff ? (webhookId ?? []) : [])),
  ),
]
