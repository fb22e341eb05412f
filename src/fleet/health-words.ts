import { actionLabel } from '#contract/actions/actions.ts'
import {
  FAILURE_LIMIT,
  offSince,
  unreadIn,
  watchedSince,
  type Facts,
  type Moment,
} from '#contract/nexudus/health.ts'
import { timeOf } from '#contract/nexudus/time.ts'
import { byCount, plural } from '#contract/words/plural.ts'
import { evidenceText } from '#contract/words/silence.ts'
import { clockTime, timeAgo } from '#ui/text/time.ts'

import type { FleetRow } from './fleet.ts'

/** The parts of a row that its health is explained from. */
export type KnownHealth = Pick<FleetRow, 'webhook' | 'facts' | 'health' | 'failures'>

/** Explains a state and says what to do, in a sentence or two. */
export function explainHealth(known: KnownHealth, now: number): string {
  const { health, failures } = known
  switch (health) {
    case 'stopped':
      return stoppedText(known, now)
    case 'about-to-stop':
      return failures >= FAILURE_LIMIT
        ? `${failures} failures counted and still switched on. Nexudus may switch it off at the next one. Check the URL.`
        : `${failures} of ${FAILURE_LIMIT} failures. ${FAILURE_LIMIT - failures} more in a row and Nexudus switches it off. Check the URL.`
    case 'failing':
      return failingText(known, now)
    case 'unreadable':
      return unreadableText(known)
    case 'on-watch':
      return onWatchText(known, now)
    case 'quiet':
      return quietText(known, now)
    case 'paused':
    case 'off':
      return offText(known, now)
    case 'not-triggered':
      return 'Switched on. Nexudus shows no trigger so far.'
    default:
      return workingText(known, now)
  }
}

/** A short explanation, if the history has more to say than the state itself. */
export function healthNote(known: KnownHealth, now: number): string | null {
  const { health, webhook, facts } = known
  const off = offSince(webhook, facts)
  if (off && health !== 'stopped') return offWords(off, now)
  const since = watchedSince(webhook, facts)
  return since && health === 'on-watch' ? sinceWords(since, facts, now) : null
}

function stoppedText({ failures, webhook, facts }: KnownHealth, now: number): string {
  const off = offSince(webhook, facts)
  const seen = off ? `, seen ${clockTime(Date.parse(off.at), now)}` : ''
  return `Probably stopped by Nexudus${seen}: it switches a webhook off after ${FAILURE_LIMIT} failures in a row, and this one has ${failures}. As far as is known, events since then are not delivered.`
}

function unreadableText({ webhook, failures }: KnownHealth): string {
  const unread = unreadIn(webhook)
  const counted = failures > 0 ? ` ${plural(failures, 'failure')} counted.` : ''
  return `Hookdesk cannot read ${listed(unread)} in Nexudus’ answer, so its health is unknown.${counted} Check it in Nexudus.`
}

const listed = (words: readonly string[]) =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(words)

function failingText(known: KnownHealth, now: number): string {
  const { failures, webhook, facts } = known
  const since = watchedSince(webhook, facts)
  const before = earlierCount(known)
  if (!since || before === 0) {
    return `${failures} of ${FAILURE_LIMIT} failures in a row. At ${FAILURE_LIMIT} Nexudus switches it off.`
  }
  return `${sinceWords(since, facts, now)}. It has failed ${plural(failures, 'time')} since then; ${before} earlier failures are still counted.`
}

function onWatchText(known: KnownHealth, now: number): string {
  const { webhook, facts } = known
  const since = watchedSince(webhook, facts)
  if (!since) return NO_EVENT
  const before = earlierCount(known)
  const isReaddressed = since === facts.readdressed
  const count =
    before > 0 &&
    (isReaddressed
      ? `The count of ${before} is still from the old URL.`
      : `The ${plural(before, 'failure')} that Nexudus counts ${byCount(before, 'is', 'are')} from before.`)
  const first = `${sinceWords(since, facts, now)}.`
  return [first, count, NO_EVENT].filter(Boolean).join(' ')
}

const NO_EVENT = 'No event since, so it is not known to work.'

function workingText(known: KnownHealth, now: number): string {
  const { webhook, facts } = known
  const since = watchedSince(webhook, facts)
  const before = earlierCount(known)
  if (!since || before === 0) return 'No failures counted since it was last triggered.'
  return `${sinceWords(since, facts, now)}. It has fired since then without a counted failure; ${before} are from before.`
}

function quietText({ webhook, facts: { silent } }: KnownHealth, now: number): string {
  const firedAt = timeOf(silent?.lastTrigger)
  if (!silent || firedAt === null) return 'Silent for longer than usual.'
  return `Last fired ${timeAgo(firedAt, now)}, ${evidenceText(silent, actionLabel(webhook.Action))}. No failure is counted; a holiday or a quiet week looks the same.`
}

function offText({ webhook, facts, failures }: KnownHealth, now: number): string {
  const off = offSince(webhook, facts)
  const counted = failures > 0 ? `, with ${plural(failures, 'failure')} counted before` : ''
  if (!off) return `Off${counted}; Hookdesk does not know since when or why.`
  return `${offWords(off, now)}${counted}. Nothing is sent until someone switches it on.`
}

/**
 * The failures that Nexudus counts from before a repair; they say nothing about the present health.
 */
const earlierCount = ({ webhook, failures }: KnownHealth) => (webhook.ErrorCount ?? 0) - failures

/** "Switched on again 15:02", "Address changed by ana@example.com, 2 min ago". */
function sinceWords(since: Moment, { readdressed }: Facts, now: number): string {
  const at = Date.parse(since.at)
  if (since === readdressed) return `URL changed${by(since)}, ${timeAgo(at, now)}`
  return since.isElsewhere
    ? `Switched on again outside Hookdesk, seen ${clockTime(at, now)}`
    : `Switched on again ${clockTime(at, now)}`
}

/** "Paused by ana@example.com, 12 min ago". */
function offWords(off: NonNullable<Facts['switched']>, now: number): string {
  const at = Date.parse(off.at)
  if (off.isNew) return `Created switched off${by(off)}, ${timeAgo(at, now)}`
  if (!off.isElsewhere) return `Paused${by(off)}, ${timeAgo(at, now)}`
  const saved = off.by === null ? '' : `; last saved by ${off.by}`
  return `Switched off outside Hookdesk, seen ${clockTime(at, now)}${saved}`
}

const by = (moment: Moment) => (moment.by === null ? '' : ` by ${moment.by}`)
