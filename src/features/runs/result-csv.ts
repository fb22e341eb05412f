import Papa from 'papaparse'

import { actionLabel } from '#contract/actions.ts'
import type { Run, RunItem } from '#contract/run.ts'

/** Saves what became of each item as a file for spreadsheets; formulas in names stay text. */
export function saveResult(run: Run, items: readonly RunItem[]) {
  const rows = items.map(({ kind, webhookId, name, businessId, action, state, reason, diff }) => ({
    Webhook: webhookId,
    Name: name,
    Location: businessId,
    Action: action === null ? null : actionLabel(action),
    What: kind,
    Result: state,
    Reason: reason,
    Changes: diff.map(({ field, from, to }) => `${field}: ${from ?? ''} → ${to ?? ''}`).join('; '),
  }))
  const csv = Papa.unparse(rows, { escapeFormulae: true })
  // spreadsheets take it for UTF-8 only with the mark in front
  const url = URL.createObjectURL(new Blob([`\uFEFF${csv}`], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `run-${run.id}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
