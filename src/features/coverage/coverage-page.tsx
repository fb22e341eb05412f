import { ScreenTitle, useDocumentTitle } from '#ui/page.tsx'

export function CoveragePage() {
  useDocumentTitle('Coverage')
  return <ScreenTitle>Coverage</ScreenTitle>
}
