import { hostOf } from '#contract/address/address.ts'
import { eq, inArray } from 'drizzle-orm'

import type { Attention, AttentionIncident, WatchState } from '#contract/desk/attention.ts'
import type { HealthState } from '#contract/nexudus/health.ts'
import { isUnknownHost } from '#contract/words/last-error.ts'
import type { Database } from '#platform/db/database.ts'
import { loadContacts } from '#server/contacts/contact-store.ts'
import { isInReach, type Reach } from '#server/nexudus/in-reach.ts'
import { watched } from '#server/watch/tables.ts'
import { findLastCompleteLook } from '#server/watch/watch-store.ts'

import { loadRecent, type RecentIncident } from './alert-store.ts'
import { countHosts, likelyHost, usedHosts } from './likely-host.ts'
import type { MemberMemory } from './member-memory.ts'
import { keptPerLook } from './per-look.ts'
import { countsAt, countStates } from './state-counts.ts'
import { incidentMembers } from './tables.ts'

const WEEK_MS = 7 * 24 * 3_600_000

const ON_WATCH_AT_MOST = 100

const MEMBERS_AT_MOST = 100

export type StartPage = ReturnType<typeof createStartPage>

type Asked = { reach: Reach; watch: WatchState; now: Date }

/** The start page. Most of it only changes with a look, so it is read once for each. */
export function createStartPage(db: Database, memory: MemberMemory) {
  const countsAfter = keptPerLook(() => countStates(db))
  const hostsAfter = keptPerLook(() => countHosts(db))
  const onWatchAfter = keptPerLook(() =>
    db.select().from(watched).where(eq(watched.health, 'on-watch')).orderBy(watched.sinceAt),
  )
  const statesAfter = keptPerLook(() => loadStates(db))

  return {
    /** Everything that needs attention, as far as an account may see. */
    async read({ reach, watch, now }: Asked): Promise<Attention> {
      const look = (await findLastCompleteLook(db))?.id ?? 0
      const [counted, recent, onWatch, states, contacts] = await Promise.all([
        countsAfter(look),
        loadRecent(db, memory, { look, since: new Date(now.getTime() - WEEK_MS) }),
        onWatchAfter(look),
        statesAfter(look),
        loadContacts(db),
      ])
      const may = (businessId: number) => isInReach(reach, businessId)
      const isLost = (incident: RecentIncident) =>
        incident.closedAt === null && incident.members.some(hasNoHost)
      const hosts = recent.some(isLost) ? usedHosts(await hostsAfter(look), may) : []
      const locations = new Set(
        counted.flatMap(({ businessId }) => (may(businessId) ? businessId : [])),
      )
      return {
        watch,
        counts: countsAt(counted, may),
        locations: locations.size,
        incidents: recent.flatMap((incident) => {
          const typed = hostOf(incident.origin)
          const meant = (isLost(incident) && likelyHost(typed, hosts)) || null
          const contact = contacts.get(typed) ?? null
          return seenPart(incident, may, { states, meant, contact, now })
        }),
        onWatch: onWatch
          .filter(({ businessId }) => may(businessId))
          .slice(0, ON_WATCH_AT_MOST)
          .map(({ webhookId, businessId, record, sinceAt }) => ({
            webhookId,
            businessId,
            name: record.Name,
            sinceAt: sinceAt.toISOString(),
          })),
      }
    },
  }
}

/** The states of all webhooks that belong to an incident. */
async function loadStates(db: Database): Promise<Map<number, HealthState>> {
  const members = db.select({ id: incidentMembers.webhookId }).from(incidentMembers)
  const rows = await db
    .select({ id: watched.webhookId, health: watched.health })
    .from(watched)
    .where(inArray(watched.webhookId, members))
  return new Map(rows.map(({ id, health }) => [id, health]))
}

/** The receiver's error says that the host does not exist. */
const hasNoHost = ({ error }: RecentIncident['members'][number]) =>
  error !== null && isUnknownHost(error)

type Known = {
  states: ReadonlyMap<number, HealthState>
  meant: AttentionIncident['meant']
  contact: AttentionIncident['contact']
  now: Date
}

/** The incident with the webhooks that somebody may see; nothing if there is none of them. */
function seenPart(
  incident: RecentIncident,
  may: (businessId: number) => boolean,
  { states, meant, contact, now }: Known,
): AttentionIncident[] {
  const { acknowledgedBy, acknowledgedAt, reason, mutedBy, mutedUntil } = incident
  const members = incident.members
    .filter(({ businessId }) => may(businessId))
    .toSorted((one, other) => Number(one.leftAt !== null) - Number(other.leftAt !== null))
  const open = members.filter(({ leftAt }) => leftAt === null)
  if (incident.kind !== 'blind' && members.length === 0) return []
  const { id, kind, origin, openedAt, wasFound, step, trouble } = incident
  const { closedAt, outcome } = endFor(incident, members)
  return [
    {
      id,
      kind,
      origin,
      openedAt: openedAt.toISOString(),
      wasFound,
      step,
      closedAt: closedAt && closedAt.toISOString(),
      outcome,
      trouble,
      acknowledged:
        acknowledgedBy !== null && acknowledgedAt
          ? { by: acknowledgedBy, at: acknowledgedAt.toISOString(), reason }
          : null,
      meant,
      contact: contact && { name: contact.name, address: contact.address },
      muted:
        mutedBy !== null && mutedUntil && mutedUntil > now
          ? { by: mutedBy, until: mutedUntil.toISOString() }
          : null,
      count: members.length,
      open: {
        count: open.length,
        businesses: [...new Set(open.map(({ businessId }) => businessId))],
        actions: [...new Set(open.map(({ action }) => action))],
        mostFailures: Math.max(0, ...open.map(({ failures }) => failures)),
      },
      members: members.slice(0, MEMBERS_AT_MOST).map(({ joinedAt, leftAt, ...member }) => ({
        webhookId: member.webhookId,
        businessId: member.businessId,
        name: member.name,
        action: member.action,
        failures: member.failures,
        error: member.error,
        silence: member.silence,
        joinedAt: joinedAt.toISOString(),
        leftAt: leftAt && leftAt.toISOString(),
        left: member.left,
        health: states.get(member.webhookId) ?? null,
      })),
    },
  ]
}

/** The end of an incident for somebody who sees only these of its webhooks. */
export function endFor(incident: RecentIncident, members: RecentIncident['members']) {
  const { kind, closedAt, outcome } = incident
  if (kind === 'blind' || members.some(({ leftAt }) => leftAt === null))
    return { closedAt, outcome }
  const last = Math.max(...members.map(({ leftAt }) => leftAt?.getTime() ?? 0))
  const isMended = members.some(({ left }) => left === 'working')
  return { closedAt: new Date(last), outcome: isMended ? ('working' as const) : ('over' as const) }
}
