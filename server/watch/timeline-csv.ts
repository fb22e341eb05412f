import type { Timeline } from '#contract/desk/timeline.ts'
import { HEALTH_LABELS } from '#contract/nexudus/health.ts'
import { TRANSITION_LABELS, UNSEEN_LABEL } from '#contract/words/transition.ts'
import { CSV_MARK, csvOf } from '#platform/http/csv.ts'

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
      TRANSITION_LABELS[each.kind],
      each.healthBefore && HEALTH_LABELS[each.healthBefore],
      each.kind === 'gone' ? null : HEALTH_LABELS[each.health],
      each.countFrom,
      each.countTo,
      each.error,
    ],
  }))
  const gaps = blind.map(({ from, to }) => ({
    at: to,
    line: [to, from, null, null, null, UNSEEN_LABEL],
  }))
  const newestFirst = [...lines, ...gaps].toSorted((one, other) => other.at.localeCompare(one.at))
  return CSV_MARK + csvOf([COLUMNS, ...newestFirst.map(({ line }) => line)])
}
