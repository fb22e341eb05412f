import { HistoryList } from './history-list.tsx'

/** What was changed of one webhook. */
export function WebhookHistory({ id }: { id: number }) {
  return <HistoryList filter={{ webhook: String(id) }} isOfOne />
}
