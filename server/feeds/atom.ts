import { hostOf } from '#contract/address/address.ts'
import { FAILURE_LIMIT } from '#contract/nexudus/health.ts'
import { explainLastError } from '#contract/words/last-error.ts'
import { plural } from '#contract/words/plural.ts'
import { watchTroubleText } from '#contract/words/watch-trouble.ts'
import type { RecentIncident } from '#server/alerts/alert-store.ts'
import { endFor } from '#server/alerts/attention.ts'
import { incidentPage } from '#server/alerts/notices.ts'

type AtomOptions = {
  origin: string
  now: Date
  may: (businessId: number) => boolean
  placeOf: (businessId: number) => string
}

/** Incidents as an Atom feed (RFC 4287), with the webhooks that its reader may see. */
export function atomOf(incidents: readonly RecentIncident[], options: AtomOptions): string {
  const { origin, now } = options
  const entries = incidents.flatMap((incident) => entryOf(incident, options))
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${xml(`${origin}/`)}</id>`,
    '<title>Hookdesk: what needs attention</title>',
    `<updated>${now.toISOString()}</updated>`,
    '<author><name>Hookdesk</name></author>',
    `<link href="${xml(`${origin}/`)}"/>`,
    ...entries,
    '</feed>',
    '',
  ].join('\n')
}

function entryOf(incident: RecentIncident, { origin, may, placeOf }: AtomOptions): string[] {
  const { id, kind, openedAt, acknowledgedAt, toldAt } = incident
  const all = incident.members.filter(({ businessId }) => may(businessId))
  if (kind !== 'blind' && all.length === 0) return []
  const end = endFor(incident, all)
  const members = all.filter(({ leftAt, left }) =>
    end.closedAt === null ? leftAt === null : end.outcome !== 'working' || left === 'working',
  )
  const times = [openedAt, end.closedAt, acknowledgedAt, toldAt]
  times.push(...all.flatMap(({ joinedAt, leftAt }) => [joinedAt, leftAt]))
  const updated = new Date(Math.max(...times.map((at) => at?.getTime() ?? 0)))
  const page = incidentPage(origin, id)
  const lines = members.slice(0, LISTED).map(({ name, businessId, failures, error, silence }) => {
    const where = `${placeOf(businessId)}: ${name || 'a webhook'}`
    if (silence) return `${where}, silent for longer than usual.`
    const cause = error === null ? '' : ` ${explainLastError(error)?.cause ?? ''}`
    return `${where}, ${failures} of ${FAILURE_LIMIT} failures.${cause}`
  })
  const more = members.length - lines.length
  const text = [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
  return [
    '<entry>',
    `<id>${xml(page)}</id>`,
    `<title>${xml(titleOf({ ...incident, ...end }, members.length))}</title>`,
    `<published>${openedAt.toISOString()}</published>`,
    `<updated>${updated.toISOString()}</updated>`,
    `<link href="${xml(page)}"/>`,
    `<content type="text">${xml(text)}</content>`,
    '</entry>',
  ]
}

const LISTED = 20

const TITLES = { stopped: 'Stopped', failing: 'Failing', quiet: 'Quiet' } as const

type Titled = Pick<RecentIncident, 'kind' | 'origin' | 'closedAt' | 'outcome' | 'trouble'>

function titleOf(incident: Titled, count: number): string {
  const { kind, origin, closedAt, outcome, trouble } = incident
  if (kind === 'blind') {
    return closedAt
      ? 'The watch sees again'
      : `The watch is blind. ${watchTroubleText(trouble ?? '')}`
  }
  const host = hostOf(origin)
  const what = `${plural(count, 'webhook')} to ${host}`
  if (closedAt) return outcome === 'working' ? `Working again: ${what}` : `Over: ${what}`
  return `${TITLES[kind]}: ${what}`
}

// XML 1.0 has no place for most control characters, whatever they are escaped to
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const xml = (text: string) =>
  text
    .replaceAll(UNWRITABLE, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
