import { actionApiName, actionLabel } from '#contract/actions/actions.ts'
import type { HistoryEntry } from '#contract/desk/history.ts'
import type { KeptTitle } from '#contract/desk/run-title.ts'
import { CSV_MARK, csvOf } from '#platform/http/csv.ts'

const COLUMNS = [
  'Entry',
  'When (UTC)',
  'Not before (UTC)',
  'Who',
  'What',
  'Webhook id',
  'Webhook',
  'Location id',
  'Action',
  'Action name',
  'Run id',
  'Run',
  'Field',
  'From',
  'To',
  'Note',
]

const KINDS: Record<HistoryEntry['kind'], string> = {
  create: 'created',
  change: 'changed',
  delete: 'deleted',
  outside: 'changed outside Hookdesk, last saved by',
  'outside-create': 'created outside Hookdesk, last saved by',
  'outside-delete': 'deleted outside Hookdesk',
}

/** The beginning of the file: its mark and the header row. */
export const CSV_START = CSV_MARK + csvOf([COLUMNS])

/** A line for every field that differs; the lines of one entry begin alike. */
export function csvOfEntries(entries: readonly HistoryEntry[]): string {
  if (entries.length === 0) return ''
  return csvOf(entries.flatMap(linesOf))
}

function linesOf(entry: HistoryEntry): unknown[][] {
  const start = [
    entry.id,
    entry.at,
    entry.since,
    entry.by,
    KINDS[entry.kind],
    entry.webhookId,
    entry.name,
    entry.businessId,
    actionLabel(entry.action),
    actionApiName(entry.action),
    entry.runId,
    entry.runTitle && runWords(entry.runTitle),
  ]
  const note =
    entry.stoppedAfter === null
      ? null
      : `probably stopped by Nexudus after ${entry.stoppedAfter} failures`
  if (entry.diff.length === 0) return [[...start, null, null, null, note]]
  return entry.diff.map(({ field, from, to, isHidden }) => [
    ...start,
    field,
    from,
    to,
    isHidden ? 'the difference is in the hidden part' : note,
  ])
}

/** A column to filter by, without a number in it: `undo pause`, `move old.example.com`. */
function runWords(title: KeptTitle): string {
  const undo = 'undo '.repeat(title.undo ?? 0)
  switch (title.act) {
    case 'other':
      return undo + title.text
    case 'copy':
      return `${undo}copy to ${title.to}`
    case 'move':
      return `${undo}move ${title.from} to ${title.to}`
    case 'import':
      return title.file === null ? `${undo}import` : `${undo}import ${title.file}`
    default:
      return undo + title.act
  }
}
