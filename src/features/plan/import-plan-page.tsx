import { ScreenTitle, useDocumentTitle } from '#ui/page.tsx'

export function ImportPlanPage() {
  useDocumentTitle('Import a plan')
  return <ScreenTitle>Import a plan</ScreenTitle>
}
