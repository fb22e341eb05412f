import { ScreenTitle, useDocumentTitle } from '#ui/page.tsx'

export function HistoryPage() {
  useDocumentTitle('History')
  return <ScreenTitle>History</ScreenTitle>
}
