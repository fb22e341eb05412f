import { ScreenTitle, useDocumentTitle } from '#ui/page.tsx'

export function RunPage() {
  useDocumentTitle('Run')
  return <ScreenTitle>Run</ScreenTitle>
}
