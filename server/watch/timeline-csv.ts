import { CSV_MARK, csvOf } from '#platform/http/csv.ts'
import { HEALTH_LABELS } from '#contract/nexudus/health.ts'
import type { Timeline } from '#contract/desk/timeline.ts'

const COLUMNS = [
  'Seen (UTC)',
  'Not before (UTC)',
  'At Nexudus (UTC)',
  'Webhook id',
  'Webhook',
  'What',
  'State before',
  'State',
  'Failures before',
  'Failures',
  'Error',
]

const KINDS: { readonly [Kind in Timeline['transitions'][number]['kind']]: string } = {
  appeared: 'first seen',
  fired: 'fired',
  failing: 'failed',
  stopped: 'stopped, probably by Nexudus',
  off: 'switched off',
  on: 'switched on',
  recovered: 'working again',
  quiet: 'quiet for longer than usual',
  gone: 'deleted',
  back: 'visible again',
}

/** Transitions and spans in which nobody saw, newest first. */
export function timelineCsv({ transitions, blind }: Timeline): string {
  const lines = transitions.map((each) => ({
    at: each.seenAt,
    line: [
      each.seenAt,
      each.afterLookAt,
      each.happenedAt,
      each.webhookId,
      each.name,
      KINDS[each.kind],
      each.healthBefore && HEALTH_LABELS[each.healthBefore],
      each.kind === 'gone' ? null : HEALTH_LABELS[each.health],
      each.countFrom,
      each.countTo,
      each.error,
    ],
  }))
  const gaps = blind.map(({ from, to }) => ({
    at: to,
    line: [to, from, null, null, null, 'the watch could not see in this span'],
  }))
  const newestFirst = [...lines, ...gaps].toSorted((one, other) => other.at.localeCompare(one.at))
  return CSV_MARK + csvOf([COLUMNS, ...newestFirst.map(({ line }) => line)])
}
