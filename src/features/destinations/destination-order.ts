import { HEALTH_STATES } from '#contract/nexudus/health.ts'
import { hostText } from '#fleet/host.tsx'

import type { Destination } from './destinations.ts'

export const DESTINATION_ORDERS = ['urgent', 'webhooks', 'name', 'fired'] as const

export type DestinationOrder = (typeof DESTINATION_ORDERS)[number]

export const ORDER_LABELS: { readonly [Order in DestinationOrder]: string } = {
  urgent: 'Most urgent first',
  webhooks: 'Most webhooks first',
  name: 'By name',
  fired: 'Newest firing first',
}

/** The rule of `urgencyOf` in words. */
export const URGENCY_WORDS =
  'Urgent means: how many webhooks are in trouble, stopped ones counted twice, times their share. So 3 of 3 come before 20 of 1,200.'

/**
 * How urgent a host is. The count alone would put every large host first, the share alone one with a
 * single webhook; stopped webhooks count twice, because they get nothing at all.
 */
export const urgencyOf = ({ counts, troubled, webhooks }: Destination) =>
  (troubled + (counts.stopped ?? 0)) * (troubled / webhooks)

/** The place of its worst state among all, from stopped to working. */
const worstOf = ({ counts }: Destination) =>
  HEALTH_STATES.findIndex((state) => counts[state] !== undefined)

type Compare = (a: Destination, b: Destination) => number

const byName: Compare = (a, b) => hostText(a.host).localeCompare(hostText(b.host))
const byWebhooks: Compare = (a, b) => b.webhooks - a.webhooks || byName(a, b)

const COMPARE: { readonly [Order in DestinationOrder]: Compare } = {
  urgent: (a, b) => urgencyOf(b) - urgencyOf(a) || worstOf(a) - worstOf(b) || byWebhooks(a, b),
  webhooks: byWebhooks,
  name: byName,
  fired: (a, b) => (b.firedAt ?? 0) - (a.firedAt ?? 0) || byName(a, b),
}

export const inOrder = (destinations: readonly Destination[], order: DestinationOrder) =>
  destinations.toSorted(COMPARE[order])
