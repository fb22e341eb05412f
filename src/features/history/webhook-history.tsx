import { HistoryList } from './history-list.tsx'

export function WebhookHistory({ id }: { id: number }) {
  return <HistoryList filter={{ webhook: String(id) }} isOfOne />
}
