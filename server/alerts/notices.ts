import type { ChannelKind } from '#contract/desk/channels.ts'
import type { HealthState, Silence } from '#contract/nexudus/health.ts'

import type { Incident, Step } from './incidents.ts'

/**
 * `relapsed`: switched on again, and failing again.
 * `found`: what was bad already when the watch began; told once, for all destinations together.
 * `reminder` and `digest`: what is still open, the latter every day and with figures.
 */
export type NoticeKind =
  | 'step'
  | 'joined'
  | 'relapsed'
  | 'closed'
  | 'found'
  | 'reminder'
  | 'digest'
  | 'blind'
  | 'sees-again'
  | 'channel-fails'
  | 'not-resumed'
  | 'not-paused'
  | 'restarted'
  | 'recovery-ended'
  | 'test'

/** A webhook as a notice lists it. No URL, no secret. */
export type ToldWebhook = {
  id: number
  businessId: number
  name: string
  location: string
  action: number
  failures: number
  error: string | null
  isStopped: boolean
  /** The evidence, if it is quiet. Absent from what was stored before there was one. */
  silence?: Silence | null
  /** Where the notice is about several destinations. */
  host?: string
}

/** Facts of a notice; the channel that sends it has the words. */
export type NoticeContent = {
  /** Host and port of the destination; absent if the notice is about several, or the watch. */
  host?: string
  kind?: Incident['kind'] | 'blind'
  step?: Step
  /** At most `LISTED_AT_MOST`, of locations that the recipient may see. */
  webhooks: ToldWebhook[]
  /** Webhooks beyond those. */
  more: number
  /** The highest count among all of them, and the number of their locations. */
  mostFailures?: number
  locations?: number
  /** True if it was so when the watch began: since when is unknown. */
  wasFound?: boolean
  /** The look before, at which it was not so yet. */
  notBefore?: string
  /** Webhooks in the same trouble that were told of before. */
  earlier?: number
  /** The first time that it was seen, as an ISO instant. */
  since: string
  /** For the end of a story: the last time. */
  until?: string
  /** Times that a webhook stopped within a week, this one included, from the third on. */
  timesThisWeek?: number
  /** The reason the watch cannot see. */
  trouble?: string
  /** Webhooks by state, at the locations that the recipient may see. */
  counts?: Partial<Record<HealthState, number>>
  /** A channel that fails, its kind, and what it answered. */
  channel?: { name: string; kind: ChannelKind; problem: string }
  /** Somebody to write to about the receiver. */
  contact?: { name: string; address: string }
  /** Somebody who asked for a test. */
  by?: string
}

export const LISTED_AT_MOST = 20

export const incidentPage = (origin: string, id: number) => `${origin}/?incident=${id}`

/** Answers to a person who asked for something: about one webhook, to which they lead. */
const KINDS_OF_ONE = ['not-resumed', 'not-paused', 'restarted', 'recovery-ended'] as const

export type KindOfOne = (typeof KINDS_OF_ONE)[number]

export const OF_ONE: ReadonlySet<NoticeKind> = new Set(KINDS_OF_ONE)

type Paged = { kind: NoticeKind; content: NoticeContent; incidentId: number | null }

/** The page on which something can be done about it. */
export function pageOf(origin: string, { kind, content, incidentId }: Paged): string {
  const [webhook] = content.webhooks
  if (OF_ONE.has(kind) && webhook) return `${origin}/webhooks/${webhook.id}`
  if (kind === 'channel-fails') return `${origin}/settings/watch`
  return incidentId === null ? `${origin}/` : incidentPage(origin, incidentId)
}

/** The notice that a test button sends. It is never stored, so it has no number of its own. */
export function testNotice(by: string, happenedAt: Date) {
  const content: NoticeContent = { webhooks: [], more: 0, since: happenedAt.toISOString(), by }
  return { id: 0, kind: 'test' as const, content, happenedAt, incidentId: null }
}
