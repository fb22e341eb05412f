import * as z from 'zod/mini'

import { UNREAD_ACTION } from './wire-values.ts'
import { timeOf } from './time.ts'
import type { WebhookRow } from './webhook.ts'

/** Nexudus switches a webhook off after this many failures in a row. */
export const FAILURE_LIMIT = 10

/** From this count on, one bad minute may be enough to stop it. */
const ABOUT_TO_STOP_FROM = 8

/** By then, in milliseconds, a delivery under way when the webhook was switched off has ended. */
const UNDER_WAY_MS = 5 * 60_000

/**
 * A firing further ahead than this, in milliseconds, is the work of a wrong clock and proves
 * nothing.
 */
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

/** A change of a webhook, with the values of its record at that time. */
const momentSchema = z.object({
  at: z.string(),
  /**
   * The person who did it; for a change made elsewhere, the last to save according to Nexudus, if
   * it tells.
   */
  by: z.nullable(z.string()),
  /** Made outside Hookdesk: found at `at`, done at some time before. */
  isElsewhere: z.boolean(),
  errorCount: z.int(),
  lastTrigger: z.nullable(z.string()),
  /** A lower count was read since, so the count noted here no longer matters. */
  isRecounted: z.boolean(),
})

/** Evidence that a webhook has been silent for longer than usual. */
export const silenceSchema = z.object({
  /** The firing it has been silent since, as Nexudus wrote it: a newer one ends the silence. */
  lastTrigger: z.string(),
  /** Judged by when it usually fires, or by the same action at other locations. */
  by: z.enum(['usual', 'siblings']),
  /** The hours since then in which it would usually have fired; 0 if others are the evidence. */
  hours: z.int(),
  /** The other locations at which the same action has fired since then. */
  locations: z.int(),
})

/**
 * Facts from Hookdesk's own history that a webhook's record does not tell, and that are still true.
 * Facts without a value are absent.
 */
export const factsSchema = z.object({
  /** The last time it was switched off or on, or was created switched off. */
  switched: z.optional(z.extend(momentSchema, { isOn: z.boolean(), isNew: z.boolean() })),
  /** The last time its URL changed. */
  readdressed: z.optional(momentSchema),
  /** Silent for longer than usual, as the watch found. */
  silent: z.optional(silenceSchema),
})

export type Silence = z.infer<typeof silenceSchema>
export type Moment = z.infer<typeof momentSchema>
export type Facts = z.infer<typeof factsSchema>

export const NO_FACTS: Facts = {}

/** Fields of a record that decide its health, as far as they could be read. */
type Told = Pick<WebhookRow, 'Action' | 'Active' | 'ErrorCount' | 'LastTrigger'>
type Record = Pick<WebhookRow, 'LastTrigger'> & { Active: boolean; ErrorCount: number }

/** The state of a webhook and the failures behind it: fewer than counted, if some are older. */
type Health = { state: HealthState; failures: number }

/**
 * A webhook's health, from its record and Hookdesk's facts. Off-states outrank counts, so that the
 * state matches the button that helps.
 */
export function healthOf(told: Told, facts: Facts, now: number): Health {
  const record = readable(told)
  if (!record) return { state: 'unreadable', failures: told.ErrorCount ?? 0 }

  const health = knownHealthOf(record, facts, now)
  // a webhook cannot be called well while nobody knows when it fires
  const isUnread = told.Action === UNREAD_ACTION && !NEEDS_ATTENTION.includes(health.state)
  return isUnread ? { ...health, state: 'unreadable' } : health
}

/** The record, if every field that decides its health could be read. */
function readable({ Active, ErrorCount, LastTrigger }: Told): Record | undefined {
  return Active === null || ErrorCount === null ? undefined : { Active, ErrorCount, LastTrigger }
}

/** The unreadable parts of a record, as words for a sentence. */
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
  if (!since) return countedHealthOf(record, facts, record.ErrorCount)

  const rise = riseSince(since, record)
  if (rise === 0) {
    return {
      state: hasFiredSince(since, record, now) ? firing(record, facts) : 'on-watch',
      failures: 0,
    }
  }
  // the old failures reached the limit, yet it was switched on: only newer ones can stop it
  const failures = since.errorCount >= FAILURE_LIMIT ? rise : record.ErrorCount
  return countedHealthOf(record, facts, failures)
}

/** The state of a webhook that has fired without a failure since. */
const firing = ({ LastTrigger }: Record, { silent }: Facts): HealthState =>
  silent && instantOf(silent.lastTrigger) === instantOf(LastTrigger) ? 'quiet' : 'working'

function offHealthOf(record: Record, facts: Facts): Health {
  const failures = record.ErrorCount
  const off = offBy(record, facts)
  if (off && !off.isElsewhere && !off.isNew) return { state: 'paused', failures }
  return { state: failures >= FAILURE_LIMIT ? 'stopped' : 'off', failures }
}

function countedHealthOf(record: Record, facts: Facts, failures: number): Health {
  if (failures >= ABOUT_TO_STOP_FROM) return { state: 'about-to-stop', failures }
  if (failures > 0) return { state: 'failing', failures }
  const hasFired = timeOf(record.LastTrigger) !== null
  return { state: hasFired ? firing(record, facts) : 'not-triggered', failures }
}

/**
 * The last switch-off, if the webhook has been off ever since. Somebody may have switched it on
 * elsewhere and Nexudus off again between two readings: then it has fired meanwhile, or failed up
 * to the limit.
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

/**
 * The moment from which a webhook has to prove itself: the later of its last switch-on and its last
 * change of URL.
 */
export function watchedSince(told: Told, facts: Facts): Moment | undefined {
  const record = readable(told)
  return record && watchedBy(record, facts)
}

function watchedBy(record: Record, facts: Facts): Moment | undefined {
  // a webhook that never fired is not on watch: nothing was repaired
  if (!record.Active || (record.ErrorCount === 0 && timeOf(record.LastTrigger) === null))
    return undefined
  const { switched, readdressed } = facts
  const on = switched?.isOn && !switched.isNew ? switched : undefined
  if (!on || !readdressed) return on ?? readdressed
  return Date.parse(readdressed.at) >= Date.parse(on.at) ? readdressed : on
}

/** Failures since this moment; all of them, if the count was reset. */
function riseSince({ errorCount, isRecounted }: Moment, { ErrorCount }: Record): number {
  return isRecounted || ErrorCount < errorCount ? ErrorCount : ErrorCount - errorCount
}

/** True if it has fired since, by comparing Nexudus' own clock then and now. */
export function hasFiredSince(
  { lastTrigger }: Moment,
  { LastTrigger }: Pick<Told, 'LastTrigger'>,
  now: number,
): boolean {
  const firedAt = instantOf(LastTrigger)
  return firedAt > instantOf(lastTrigger) && firedAt <= now + CLOCKS_DIFFER_MS
}

/** A webhook that never fired sorts before all others. */
function instantOf(text: string | null): number {
  return timeOf(text) ?? Number.NEGATIVE_INFINITY
}

/** The states that need a person to act. */
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
