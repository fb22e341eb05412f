import { ScreenTitle, useDocumentTitle } from '#ui/page.tsx'

export function DestinationsPage() {
  useDocumentTitle('Destinations')
  return <ScreenTitle>Destinations</ScreenTitle>
}
