import { hostsOnly } from '#contract/address/address.ts'
import type { TRANSITION_KINDS } from '#contract/desk/timeline.ts'
import { healthOf, type Facts, type HealthState, type Silence } from '#contract/nexudus/health.ts'
import { startOf } from '#contract/nexudus/text.ts'
import { timeOf } from '#contract/nexudus/time.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'

/** The part of a record that the watch keeps: it decides the health, or names the webhook. */
export type KnownRecord = Pick<
  WebhookRow,
  | 'BusinessId'
  | 'Name'
  | 'Action'
  | 'URL'
  | 'Active'
  | 'ErrorCount'
  | 'LastError'
  | 'LastTrigger'
  | 'UpdatedBy'
>

/** The fields of a `KnownRecord`, in the order in which records are compared. */
export const KEPT_FIELDS: (keyof KnownRecord)[] = [
  'BusinessId',
  'Name',
  'Action',
  'URL',
  'Active',
  'ErrorCount',
  'LastError',
  'LastTrigger',
  'UpdatedBy',
]

/** A webhook as the watch knows it after a look. */
export type Known = {
  record: KnownRecord
  health: HealthState
  failures: number
  /** The evidence, if it is quiet. */
  silence: Silence | null
}

export type TransitionKind = (typeof TRANSITION_KINDS)[number]

/** Something that happened to a webhook between two looks. */
export type Transition = {
  kind: TransitionKind
  /** Its state before and afterwards. */
  healthBefore?: HealthState
  health: HealthState
  /** The failures that Nexudus counted before and after, for `failing` and `stopped`. */
  countFrom?: number
  countTo?: number
  /** The receiver's error, without secrets. */
  error?: string
  /** The time according to Nexudus, if it dates this. */
  happenedAt?: Date
}

/** In UTF-16 units; an error may be a whole web page. */
const LONGEST_ERROR = 4_000

const HOUR_MS = 3_600_000

/** The part of a list's row that the watch keeps. */
export function keptOf(row: WebhookRow): KnownRecord {
  const { BusinessId, Name, Action, URL, Active, ErrorCount, LastError, LastTrigger, UpdatedBy } =
    row
  return {
    BusinessId,
    Name,
    Action,
    URL,
    Active,
    ErrorCount,
    LastError: LastError && startOf(LastError, LONGEST_ERROR),
    LastTrigger,
    UpdatedBy,
  }
}

/** The state of a record, judged by the same rules as on the page. */
export function knownOf(record: KnownRecord, facts: Facts, now: Date): Known {
  const { state, failures } = healthOf(record, facts, now.getTime())
  const silence = (state === 'quiet' && facts.silent) || null
  return { record, health: state, failures, silence }
}

const FAILING: readonly HealthState[] = ['failing', 'about-to-stop']
const BAD: ReadonlySet<HealthState> = new Set([...FAILING, 'stopped', 'on-watch', 'quiet'])

/**
 * What happened to a webhook between two readings. Pure: acting on it is somebody else's work.
 * Changes of its other fields are found by the history, which people's readings feed as well.
 */
export function transitionsOf(before: Known | undefined, after: Known): Transition[] {
  const { health, record } = after
  if (!before) return [{ kind: 'appeared', health }]
  const healths = { healthBefore: before.health, health }
  const kinds: Transition[] = []
  const firedAt = timeOf(record.LastTrigger)
  if (firedAt !== null && isAnotherHour(firedAt, timeOf(before.record.LastTrigger))) {
    kinds.push({ kind: 'fired', ...healths, happenedAt: new Date(firedAt) })
  }
  const [countFrom, countTo] = [before.record.ErrorCount ?? 0, record.ErrorCount ?? 0]
  const counts = {
    countFrom,
    countTo,
    ...(record.LastError && { error: hostsOnly(record.LastError) }),
  }
  if (health === 'stopped' && before.health !== 'stopped') {
    kinds.push({ kind: 'stopped', ...healths, ...counts })
  } else if (before.record.Active === true && record.Active === false) {
    kinds.push({ kind: 'off', ...healths })
  } else if (before.record.Active === false && record.Active === true) {
    kinds.push({ kind: 'on', ...healths })
  } else if (FAILING.includes(health) && countTo > countFrom) {
    kinds.push({ kind: 'failing', ...healths, ...counts })
  } else if (health === 'quiet' && before.health !== 'quiet') {
    kinds.push({ kind: 'quiet', ...healths })
  } else if (health === 'working' && BAD.has(before.health)) {
    kinds.push({ kind: 'recovered', ...healths })
  }
  return kinds
}

/** A busy webhook fires every second; one firing an hour is enough to learn when it usually does. */
const isAnotherHour = (at: number, before: number | null) =>
  before === null || (at > before && Math.floor(at / HOUR_MS) !== Math.floor(before / HOUR_MS))
