import * as z from 'zod/mini'

import { UNREAD_ACTION } from './wire-values.ts'
import { timeOf } from './time.ts'
import type { WebhookRow } from './webhook.ts'

/** Nexudus switches a webhook off after this many failures in a row. */
export const FAILURE_LIMIT = 10

/** From here on, one bad minute may be enough. */
const ABOUT_TO_STOP_FROM = 8

/** A delivery that was under way while somebody switched the webhook off has ended by then. */
const UNDER_WAY_MS = 5 * 60_000

/** A firing later than this from now is a clock that is off, and proves nothing. */
const CLOCKS_DIFFER_MS = 24 * 60 * 60_000

/** One state per webhook, worst first. */
export const HEALTH_STATES = [
  'stopped',
  'about-to-stop',
  'failing',
  'unreadable',
  'on-watch',
  'quiet',
  'paused',
  'off',
  'not-triggered',
  'working',
] as const

export type HealthState = (typeof HEALTH_STATES)[number]

/** Something that was done to a webhook, and what its record said when it was done. */
const momentSchema = z.object({
  at: z.string(),
  /** Who did it; of what was done elsewhere, who saved last as Nexudus says it, if it does. */
  by: z.nullable(z.string()),
  /** Done outside Hookdesk: found at `at`, and done at some time before. */
  isElsewhere: z.boolean(),
  errorCount: z.int(),
  lastTrigger: z.nullable(z.string()),
  /** A lower count was read since: what was counted then is over. */
  isRecounted: z.boolean(),
})

/**
 * What our own history knows of a webhook that its record does not tell, and that nobody has made
 * untrue since. Each fact is there only where there is something to say.
 */
export const factsSchema = z.object({
  /** The last time it was switched off or on, or that it was made switched off. */
  switched: z.optional(z.extend(momentSchema, { isOn: z.boolean(), isNew: z.boolean() })),
  /** The last time it got another address. */
  readdressed: z.optional(momentSchema),
})

export type Moment = z.infer<typeof momentSchema>
export type Facts = z.infer<typeof factsSchema>

export const NO_FACTS: Facts = {}

/** The fields of a record that tell its health, as far as they could be read. */
type Told = Pick<WebhookRow, 'Action' | 'Active' | 'ErrorCount' | 'LastTrigger'>
type Record = Pick<WebhookRow, 'LastTrigger'> & { Active: boolean; ErrorCount: number }

/** The state of a webhook and the failures that speak for it: fewer than are counted, if some are of before. */
type Health = { state: HealthState; failures: number }

/**
 * How a webhook is, from what its record says and what we know besides. Off-states outrank counts,
 * so that the state matches the button that helps.
 */
export function healthOf(told: Told, facts: Facts, now: number): Health {
  const record = readable(told)
  if (!record) return { state: 'unreadable', failures: told.ErrorCount ?? 0 }

  const health = knownHealthOf(record, facts, now)
  // a webhook cannot be called well while nobody knows when it fires
  const isUnread = told.Action === UNREAD_ACTION && !NEEDS_ATTENTION.includes(health.state)
  return isUnread ? { ...health, state: 'unreadable' } : health
}

/** The record, if all of it is known that its health is judged by. */
function readable({ Active, ErrorCount, LastTrigger }: Told): Record | undefined {
  return Active === null || ErrorCount === null ? undefined : { Active, ErrorCount, LastTrigger }
}

/** What of a record could not be read, in the words of a sentence. */
export function unreadIn({ Action, Active, ErrorCount }: Told): string[] {
  return [
    Active === null && 'whether it is on',
    ErrorCount === null && 'how many failures are counted',
    Action === UNREAD_ACTION && 'what it fires on',
  ].filter((words) => words !== false)
}

function knownHealthOf(record: Record, facts: Facts, now: number): Health {
  if (!record.Active) return offHealthOf(record, facts)

  const since = watchedBy(record, facts)
  if (!since) return countedHealthOf(record, record.ErrorCount)

  const rise = riseSince(since, record)
  if (rise === 0) {
    return { state: hasFiredSince(since, record, now) ? 'working' : 'on-watch', failures: 0 }
  }
  // what had reached the limit and is switched on all the same is not stopped by what it had
  return countedHealthOf(record, since.errorCount >= FAILURE_LIMIT ? rise : record.ErrorCount)
}

function offHealthOf(record: Record, facts: Facts): Health {
  const failures = record.ErrorCount
  const off = offBy(record, facts)
  if (off && !off.isElsewhere && !off.isNew) return { state: 'paused', failures }
  return { state: failures >= FAILURE_LIMIT ? 'stopped' : 'off', failures }
}

function countedHealthOf({ LastTrigger }: Record, failures: number): Health {
  if (failures >= ABOUT_TO_STOP_FROM) return { state: 'about-to-stop', failures }
  if (failures > 0) return { state: 'failing', failures }
  return { state: timeOf(LastTrigger) === null ? 'not-triggered' : 'working', failures }
}

/**
 * How it was switched off, if it has been off ever since. Somebody may have switched it on elsewhere
 * and Nexudus may have switched it off again, with nobody looking: then it has fired meanwhile, or
 * failed up to the limit.
 */
export function offSince(told: Told, facts: Facts): Facts['switched'] {
  const record = readable(told)
  return record && offBy(record, facts)
}

function offBy(record: Record, { switched }: Facts): Facts['switched'] {
  if (record.Active || !switched || switched.isOn) return undefined
  const { at, errorCount } = switched
  const hasReachedLimit = record.ErrorCount >= FAILURE_LIMIT && record.ErrorCount > errorCount
  const hasFired = instantOf(record.LastTrigger) > Date.parse(at) + UNDER_WAY_MS
  return hasReachedLimit || hasFired ? undefined : switched
}

/** What has to prove itself: since when it is on again, or has another address. The later counts. */
export function watchedSince(told: Told, facts: Facts): Moment | undefined {
  const record = readable(told)
  return record && watchedBy(record, facts)
}

function watchedBy(record: Record, facts: Facts): Moment | undefined {
  // what never did anything is not on watch: nothing was repaired
  if (!record.Active || (record.ErrorCount === 0 && timeOf(record.LastTrigger) === null))
    return undefined
  const { switched, readdressed } = facts
  const on = switched?.isOn && !switched.isNew ? switched : undefined
  if (!on || !readdressed) return on ?? readdressed
  return Date.parse(readdressed.at) >= Date.parse(on.at) ? readdressed : on
}

/** How many failures came since; all of them, where the count began anew. */
function riseSince({ errorCount, isRecounted }: Moment, { ErrorCount }: Record): number {
  return isRecounted || ErrorCount < errorCount ? ErrorCount : ErrorCount - errorCount
}

/** Whether it has fired since, by Nexudus' own clock then and now. */
export function hasFiredSince(
  { lastTrigger }: Moment,
  { LastTrigger }: Pick<Told, 'LastTrigger'>,
  now: number,
): boolean {
  const firedAt = instantOf(LastTrigger)
  return firedAt > instantOf(lastTrigger) && firedAt <= now + CLOCKS_DIFFER_MS
}

/** Where it never fired, before everything. */
function instantOf(text: string | null): number {
  return timeOf(text) ?? Number.NEGATIVE_INFINITY
}

/** The states that ask somebody to do something. */
export const NEEDS_ATTENTION: readonly HealthState[] = [
  'stopped',
  'about-to-stop',
  'failing',
  'unreadable',
]

export const HEALTH_LABELS: { readonly [State in HealthState]: string } = {
  stopped: 'Stopped',
  'about-to-stop': 'About to stop',
  failing: 'Failing',
  unreadable: 'Cannot be read',
  'on-watch': 'On watch',
  quiet: 'Quiet',
  paused: 'Paused',
  off: 'Off',
  'not-triggered': 'Not triggered yet',
  working: 'Working',
}
