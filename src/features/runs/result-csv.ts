import Papa from 'papaparse'

import { actionLabel } from '#contract/actions/actions.ts'
import type { Run, RunItem } from '#contract/desk/run.ts'
import { itemReasonText } from '#texts/item-reason-text.ts'
import { saveFile } from '#ui/hooks/save-file.ts'

/** Saves the result of each item as a file for spreadsheets; formulas in names stay text. */
export function saveResult(run: Run, items: readonly RunItem[]) {
  const rows = items.map(({ kind, webhookId, name, businessId, action, state, reason, diff }) => ({
    Webhook: webhookId,
    Name: name,
    Location: businessId,
    Action: action === null ? null : actionLabel(action),
    What: kind,
    Result: state,
    Reason: reason && itemReasonText(reason),
    Changes: diff.map(({ field, from, to }) => `${field}: ${from ?? ''} → ${to ?? ''}`).join('; '),
  }))
  const csv = Papa.unparse(rows, { escapeFormulae: true })
  // spreadsheets read it as UTF-8 only with the byte order mark
  saveFile(new File([`\uFEFF${csv}`], `run-${run.id}.csv`, { type: 'text/csv;charset=utf-8' }))
}
