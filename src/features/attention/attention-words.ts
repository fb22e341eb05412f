import { actionLabel } from '#contract/actions/actions.ts'
import type { AttentionIncident } from '#contract/desk/attention.ts'
import { FAILURE_LIMIT } from '#contract/nexudus/health.ts'
import { explainLastError, type Explanation } from '#contract/words/last-error.ts'
import { listed } from '#contract/words/listed.ts'
import { byCount, plural } from '#contract/words/plural.ts'

type Member = AttentionIncident['members'][number]

/** The members that are still in trouble. */
export const openIn = ({ members }: AttentionIncident) =>
  members.filter(({ leftAt }) => leftAt === null)

/** The one that is worst off, whose day the card draws. */
export const worstIn = (incident: AttentionIncident) =>
  openIn(incident).toSorted((one, other) => other.failures - one.failures)[0]

/** "7 webhooks to hooks.example.com" and "have stopped"; one webhook has its name. */
export function headlineOf(
  incident: AttentionIncident,
  host: string,
): { name: string; state: string } {
  const { count, mostFailures } = incident.open
  const [only] = openIn(incident)
  const isOne = count === 1 && only !== undefined
  const name = isOne
    ? `“${only.name || `Webhook ${only.webhookId}`}”`
    : `${plural(count, 'webhook')} to ${host}`
  if (incident.kind === 'stopped') return { name, state: isOne ? 'has stopped' : 'have stopped' }
  if (incident.kind === 'quiet') return { name, state: isOne ? 'is quiet' : 'are quiet' }
  const left = Math.max(1, FAILURE_LIMIT - mostFailures)
  const state = isOne ? 'is failing' : 'are failing'
  const first = isOne ? 'it' : 'the first'
  return {
    name,
    state: `${state}: ${plural(left, 'more failure')} and Nexudus switches ${first} off`,
  }
}

/** The events that do not reach the receiver, in the catalogue's words: at most three kinds. */
export function eventsOf({ open: { actions } }: AttentionIncident): string {
  const labels = actions.map(actionLabel)
  const more = labels.length - LISTED
  return more > 0 ? listed([...labels.slice(0, LISTED), `${more} more`]) : listed(labels)
}

/** A mail to the person who can mend the receiver, for the reader to complete and send. */
export function letterTo(
  { address, name }: NonNullable<AttentionIncident['contact']>,
  incident: AttentionIncident,
  host: string,
): string {
  const headline = headlineOf(incident, host)
  const cause = causeOf(openIn(incident))
  const subject = `${headline.name} ${headline.state}`
  const body = [
    `Hello ${name},`,
    '',
    `${subject}. ${incident.open.count === 1 ? `It delivers to ${host}. ` : ''}Seen at ${incident.openedAt}.`,
    ...(cause ? [`Probable cause: ${cause.cause}`] : []),
    '',
    '',
  ]
  const parts = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.join('\r\n'))}`
  return `mailto:${encodeURIComponent(address)}?${parts}`
}

/** Follows the events, and precedes the host. */
export function reachText({ kind, open: { actions } }: AttentionIncident): string {
  if (kind === 'failing') return 'may soon no longer reach'
  return kind === 'quiet'
    ? byCount(
        actions.length,
        'has not been sent for longer than usual to',
        'have not been sent for longer than usual to',
      )
    : byCount(actions.length, 'does not reach', 'do not reach')
}

const LISTED = 3

/** The cause that most of the members share, as far as it is recognised. */
export function causeOf(members: readonly Member[]): Explanation | undefined {
  const found = members.flatMap(({ error }) => (error ? (explainLastError(error) ?? []) : []))
  const counts = new Map<string, { count: number; explanation: Explanation }>()
  for (const explanation of found) {
    const count = (counts.get(explanation.cause)?.count ?? 0) + 1
    counts.set(explanation.cause, { count, explanation })
  }
  return [...counts.values()].toSorted((one, other) => other.count - one.count)[0]?.explanation
}

/** "All well" with figures, or what else there is. */
export function figuresOf(count: number, locations: number): string {
  return `${plural(count, 'webhook')} at ${plural(locations, 'location')}`
}

/** "every minute", "every 5 minutes". */
export function intervalText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds % 60 !== 0) return `every ${plural(seconds, 'second')}`
  const minutes = seconds / 60
  return byCount(minutes, 'every minute', `every ${minutes} minutes`)
}

/** The end of an incident, in two words. */
export function endOf({ outcome, members }: AttentionIncident): string {
  if (outcome === 'working') return 'Working again'
  const how = new Set(members.map(({ left }) => left))
  if (how.size === 1 && how.has('off')) return 'Switched off'
  if (how.size === 1 && how.has('gone')) return 'Deleted'
  if (how.size === 1 && how.has('stopped')) return 'Stopped'
  if (how.size === 1 && how.has('failing')) return 'Failing'
  return 'Over'
}
