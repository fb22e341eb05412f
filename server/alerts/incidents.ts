import { STEPS, type INCIDENT_KINDS } from '#contract/desk/attention.ts'
import { FAILURE_LIMIT, type HealthState, type Silence } from '#contract/nexudus/health.ts'
import { timeOf } from '#contract/nexudus/time.ts'
import { OFTEN } from '#server/watch/stops.ts'

export type IncidentKind = (typeof INCIDENT_KINDS)[number]
export type Step = (typeof STEPS)[number]

/** Ways in which a webhook leaves an incident. */
export type MemberLeft = 'working' | 'off' | 'failing' | 'stopped' | 'elsewhere' | 'gone'

/** A webhook at the present look. */
export type Watched = {
  webhookId: number
  businessId: number
  name: string
  action: number
  origin: string
  health: HealthState
  failures: number
  /** Without secrets. */
  error: string | null
  lastTrigger: string | null
  /** The evidence, if it is quiet. */
  silence: Silence | null
}

export type Member = Omit<Watched, 'origin' | 'health'> & {
  /** The worst step of it that was told. */
  toldStep: Step | null
  /**
   * The failures since somebody switched it on again that were told; `null` while it is off.
   */
  toldRise: number | null
  joinedAt: Date
  goodLooks: number
  leftAt: Date | null
  left: MemberLeft | null
}

export type Incident = {
  kind: Exclude<IncidentKind, 'blind'>
  origin: string
  openedAt: Date
  /** The number of the look that opened it. */
  openedLook: number
  wasFound: boolean
  /** The worst so far. */
  step: Step
  toldAt: Date | null
  /** Nothing but the end is told before. */
  mutedUntil: Date | null
  members: readonly Member[]
  closedAt: Date | null
  outcome: 'working' | 'over' | null
}

/** Kinds of news about an incident after a look. */
export type Telling = 'found' | 'step' | 'joined' | 'relapsed' | 'closed'

export type Look = {
  id: number
  at: Date
  /** The first complete look ever: what it finds is no news. */
  isFirst: boolean
  /** Every webhook that the look listed. */
  fleet: ReadonlyMap<number, Watched>
  /** Webhooks of which the watch knows that they are gone. */
  gone: ReadonlySet<number>
  /** Stops within a week, of webhooks that have just stopped. */
  stops: ReadonlyMap<number, number>
}

/** Looks at which a webhook has to look well before it counts as mended. */
const GOOD_LOOKS = 2

/** In milliseconds: more members of an open incident are told at most this often. */
const JOINED_AGAIN_MS = 15 * 60_000

const FIRST_STEP_AT = 5

/** The failures after a repair that are told: the first, and when they are no chance any more. */
const RISES_TOLD = [3, 1]

/** In milliseconds: one that stops more often than that is told only if it stays so. */
const LASTING_MS = 60 * 60_000

const weight = (step: Step | null) => (step === null ? -1 : STEPS.indexOf(step))

/** The step that a count of failures in a row has reached, if any. */
export function stepAt(failures: number): Step | undefined {
  if (failures >= FAILURE_LIMIT - 1) return '9'
  if (failures >= FAILURE_LIMIT - 2) return '8'
  return failures >= FIRST_STEP_AT ? '5' : undefined
}

const isFailing = (health: HealthState) => health === 'failing' || health === 'about-to-stop'

/** The kind of incident that a webhook belongs to now. */
export function kindOf({ health, failures }: Watched): Incident['kind'] | undefined {
  if (health === 'stopped' || health === 'quiet') return health
  return isFailing(health) && stepAt(failures) ? 'failing' : undefined
}

/** States of a webhook that is certainly switched on. */
const IS_ON: ReadonlySet<HealthState> = new Set([
  'on-watch',
  'working',
  'failing',
  'about-to-stop',
  'quiet',
  'not-triggered',
])

/** Opens an incident for webhooks of one destination that are in the same kind of trouble. */
export function open(kind: Incident['kind'], joining: readonly Watched[], look: Look): Incident {
  const members = joining.map((webhook) => memberOf(webhook, look.at))
  return {
    kind,
    origin: joining[0]?.origin ?? '',
    openedAt: look.at,
    openedLook: look.id,
    wasFound: look.isFirst,
    step: worstOf(kind, members),
    toldAt: null,
    mutedUntil: null,
    members,
    closedAt: null,
    outcome: null,
  }
}

/**
 * The incident after a complete look, with webhooks that join it. A webhook leaves it slowly, by
 * two good looks after a newer firing, or at once if somebody switched it off or deleted it.
 */
export function follow(incident: Incident, joining: readonly Watched[], look: Look): Incident {
  const joined = new Map(joining.map((webhook) => [webhook.webhookId, webhook]))
  const members = incident.members.map((member) => {
    const again = joined.get(member.webhookId)
    if (again) joined.delete(member.webhookId)
    if (member.leftAt) return again ? memberOf(again, look.at) : member
    return memberAfter(incident, member, look)
  })
  members.push(...[...joined.values()].map((webhook) => memberOf(webhook, look.at)))

  const step = heavier(incident.step, worstOf(incident.kind, members))
  const isOpen = members.some(({ leftAt }) => leftAt === null)
  if (isOpen) return { ...incident, step, members }
  const isMended = members.some(({ left }) => left === 'working')
  return {
    ...incident,
    step,
    members,
    closedAt: look.at,
    outcome: isMended ? 'working' : 'over',
  }
}

/** News about an incident, and the webhooks that it is about. */
export type News = { telling: Telling; concerned: readonly Member[] }

/**
 * The news after a look, if there is any. Each step of a webhook is told once; a burst becomes one
 * notice, because an early step waits for a second look, and others that join wait for a while.
 */
export function newsOf(incident: Incident, look: Look): News | undefined {
  const { kind, toldAt, closedAt, outcome, wasFound, members, mutedUntil } = incident
  if (closedAt) {
    const isEnd = outcome === 'working' && (toldAt !== null || wasFound)
    const mended = members.filter(({ left }) => left === 'working')
    return isEnd ? { telling: 'closed', concerned: mended } : undefined
  }
  // a step that is not told now is told once this is over
  if (mutedUntil !== null && mutedUntil > look.at) return undefined
  // the summary of the first look tells what it found
  if (wasFound && look.isFirst) return { telling: 'found', concerned: openMembers(incident) }
  const ripe = openMembers(incident).filter((member) => {
    const step = stepOf(kind, member)
    if (weight(step) <= weight(member.toldStep)) return false
    const age = look.at.getTime() - member.joinedAt.getTime()
    if (kind === 'stopped' && isFlapping(member, look)) return age >= LASTING_MS
    return !isEarly(step) || age > 0
  })
  const isUrgent = kind === 'failing' && ripe.some((member) => !isEarly(stepOf(kind, member)))
  const isTooSoon = toldAt !== null && look.at.getTime() - toldAt.getTime() < JOINED_AGAIN_MS
  if (ripe.length === 0 || (isTooSoon && !isUrgent)) {
    const relapsed = openMembers(incident).filter(hasRelapsed)
    return relapsed.length === 0 ? undefined : { telling: 'relapsed', concerned: relapsed }
  }
  return { telling: toldAt === null || isUrgent ? 'step' : 'joined', concerned: ripe }
}

/** The incident once its news is told. The summary of the first look is no step of a story. */
export function toldOf(incident: Incident, { telling, concerned }: News, look: Look): Incident {
  if (telling === 'closed') return incident
  if (telling === 'relapsed') {
    const relapsed = new Set(concerned)
    const members = incident.members.map((member) =>
      relapsed.has(member) ? { ...member, toldRise: riseOf(member) } : member,
    )
    return { ...incident, members }
  }
  const told = new Set(concerned.map(({ webhookId }) => webhookId))
  const members = incident.members.map((member) =>
    told.has(member.webhookId) && member.leftAt === null
      ? { ...member, toldStep: stepOf(incident.kind, member) }
      : member,
  )
  return { ...incident, members, toldAt: telling === 'found' ? incident.toldAt : look.at }
}

/** The step that a webhook has reached in an incident of this kind. */
export const stepOf = (kind: Incident['kind'], { failures }: Pick<Member, 'failures'>): Step =>
  kind === 'failing' ? (stepAt(failures) ?? '5') : kind

/** It was told already that switching it on is no repair. */
const isFlapping = ({ webhookId }: Member, { stops }: Look) => (stops.get(webhookId) ?? 0) > OFTEN

/** The number of failures since it was switched on again, of those that are told. */
const riseOf = ({ failures }: Member) => RISES_TOLD.find((rise) => failures >= rise) ?? 0

const hasRelapsed = (member: Member) => member.toldRise !== null && riseOf(member) > member.toldRise

/** Nothing is lost yet if it is told a look later. */
const isEarly = (step: Step) => step === '5' || step === 'quiet'

export const openMembers = ({ members }: Incident) =>
  members.filter(({ leftAt }) => leftAt === null)

function memberAfter({ kind, origin }: Incident, member: Member, look: Look): Member {
  const left = (how: MemberLeft): Member => ({ ...member, leftAt: look.at, left: how })
  const now = look.fleet.get(member.webhookId)
  if (!now) return look.gone.has(member.webhookId) ? left('gone') : member

  const { health, failures, error, name, lastTrigger } = now
  if (health === 'paused' || health === 'off') return left('off')
  if (kind !== 'stopped' && health === 'stopped') return left('stopped')
  if (kind === 'quiet' && isFailing(health)) return left('failing')
  if (now.origin !== origin && kindOf(now)) return left('elsewhere')

  // stopped again after a repair: that is told anew
  if (kind === 'stopped' && health === 'stopped' && member.toldRise !== null) {
    return memberOf(now, look.at)
  }
  const isOn = kind === 'stopped' && IS_ON.has(health)
  const toldRise = isOn ? (member.toldRise ?? 0) : member.toldRise
  const present = { ...member, name, failures: Math.max(failures, 0), error, toldRise }
  const hasFired = instantOf(lastTrigger) > instantOf(member.lastTrigger)
  // one that is quiet fired without a failure before
  const works = health === 'working' || (health === 'quiet' && kind !== 'quiet')
  const isWell = works || (isFailing(health) && failures <= member.failures)
  if (!hasFired || !isWell) {
    // each failure moves the moment after which a firing proves something
    const isWorse = failures > member.failures
    return { ...present, goodLooks: 0, ...(isWorse && { lastTrigger }) }
  }
  const goodLooks = member.goodLooks + 1
  return goodLooks >= GOOD_LOOKS
    ? { ...present, goodLooks, leftAt: look.at, left: 'working' }
    : { ...present, goodLooks }
}

function memberOf({ origin: _incidents, health: _shown, ...webhook }: Watched, at: Date): Member {
  return {
    ...webhook,
    toldStep: null,
    toldRise: null,
    joinedAt: at,
    goodLooks: 0,
    leftAt: null,
    left: null,
  }
}

function worstOf(kind: Incident['kind'], members: readonly Member[]): Step {
  if (kind !== 'failing') return kind
  const open = members.filter(({ leftAt }) => leftAt === null)
  return stepAt(Math.max(0, ...open.map(({ failures }) => failures))) ?? '5'
}

const heavier = (one: Step, other: Step) => (weight(one) >= weight(other) ? one : other)

const instantOf = (text: string | null) => timeOf(text) ?? Number.NEGATIVE_INFINITY
