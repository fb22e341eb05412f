import { grouped } from '#platform/db/grouped.ts'

import {
  follow,
  kindOf,
  newsOf,
  open,
  openMembers,
  toldOf,
  type Incident,
  type Look,
  type News,
  type Watched,
} from './incidents.ts'

/** An incident after a look, and the news about it. */
export type Followed<Kept extends Incident = Incident> = {
  /** Absent for an incident that this look opened. */
  before?: Kept
  after: Incident
  news: News | undefined
}

type Seen = {
  /** Webhooks that got worse at this look; at the first look, every webhook. */
  worsened: Iterable<Watched>
  look: Look
}

/**
 * Follows every incident after a complete look, and opens new ones. Pure: nothing is stored or told
 * here. What was found when the watch began keeps a story of its own, for nobody knows when that
 * began; later trouble at the same destination is another one.
 */
export function afterLook<Kept extends Incident>(
  opened: readonly Kept[],
  { worsened, look }: Seen,
): Followed<Kept>[] {
  const members = opened.flatMap((incident) =>
    openMembers(incident).map(({ webhookId }) => ({ webhookId, incident })),
  )
  const memberships = grouped(members, ({ webhookId }) => webhookId)
  const joining = grouped(candidates(memberships, worsened, look), keyOf)
  const followed = opened.map((before): Followed<Kept> => {
    const key = `${before.kind} ${before.origin}`
    const fresh = before.wasFound ? [] : (joining.get(key) ?? [])
    if (!before.wasFound) joining.delete(key)
    return { before, ...withNews(follow(before, fresh, look), look) }
  })
  for (const group of joining.values()) {
    const kind = group[0] && kindOf(group[0])
    if (kind) followed.push(withNews(open(kind, group, look), look))
  }
  return followed
}

/** Webhooks that have to be part of an incident, and are of none that fits. */
function* candidates(
  memberships: ReadonlyMap<number, readonly { incident: Incident }[]>,
  worsened: Iterable<Watched>,
  look: Look,
): Iterable<Watched> {
  const moved = [...memberships].flatMap(([id, all]) => {
    const webhook = look.fleet.get(id)
    return webhook && all.some(({ incident }) => webhook.origin !== incident.origin)
      ? [webhook]
      : []
  })
  for (const webhook of new Set([...worsened, ...moved])) {
    const kind = kindOf(webhook)
    // a member that gets worse stays where it is
    const isMember = memberships
      .get(webhook.webhookId)
      ?.some(({ incident }) => incident.kind === kind && incident.origin === webhook.origin)
    if (kind && !isMember) yield webhook
  }
}

const keyOf = (webhook: Watched) => `${kindOf(webhook)} ${webhook.origin}`

function withNews(incident: Incident, look: Look): Omit<Followed, 'before'> {
  const news = newsOf(incident, look)
  return { after: news ? toldOf(incident, news, look) : incident, news }
}
