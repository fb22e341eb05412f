import { ToDevelopers } from '#features/developers/to-developers.tsx'
import { Markdown } from '#ui/page/markdown.tsx'
import { Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

// the file itself, so that the page and the documentation cannot differ
// oxlint-disable-next-line no-restricted-imports
import text from '../../../docs/events.md?raw'

/** The events that programs get, for those who write them: the page of the documentation. */
export function EventsPage() {
  useDocumentTitle('Events for programs')
  return (
    <Page>
      <ToDevelopers />
      <ScreenTitle>Events for programs</ScreenTitle>
      <Lead>What a channel of the kind “A program of yours” is sent, and how to check it.</Lead>
      <Markdown text={text} />
    </Page>
  )
}
