import { ScreenTitle, useDocumentTitle } from '#ui/page.tsx'

export function RunsPage() {
  useDocumentTitle('Runs')
  return <ScreenTitle>Runs</ScreenTitle>
}
