import { Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'

import { paths } from '#paths'
import { SearchInput } from '#ui/controls/search-input.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Card } from '#ui/page/card.tsx'
import { Markdown } from '#ui/page/markdown.tsx'
import { Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

// the file itself, so that the page and the documentation cannot differ
// oxlint-disable-next-line no-restricted-imports
import guide from '../../../docs/guide.md?raw'

import { findSections, sectionsOf } from './sections.ts'

const SECTIONS = sectionsOf(guide)

/** The guide, for those who work with webhooks and did not make them. */
export function HelpPage() {
  useDocumentTitle('Help')
  const { q = '' } = useSearch({ from: paths.help.route })
  const navigate = useNavigate()
  const search = (text: string) =>
    void navigate({
      ...paths.help(),
      search: text ? { q: text } : {},
      replace: true,
      resetScroll: false,
    })
  const found = findSections(SECTIONS, q)
  return (
    <Page>
      <ScreenTitle>Help</ScreenTitle>
      <Lead>What webhooks do, what stops them, and how to repair them.</Lead>
      <search>
        <SearchInput
          aria-label="Search the guide"
          placeholder="Search"
          value={q}
          onChange={search}
        />
      </search>
      {found.length === 0 && (
        <EmptyState picture="search" title={`Nothing in the guide matches “${q}”.`}>
          <Button variant="default" onClick={() => search('')}>
            Clear search
          </Button>
        </EmptyState>
      )}
      {found.map(({ slug, title, text }) => (
        <div key={slug} id={slug}>
          <Card title={title}>
            <Markdown text={text} />
          </Card>
        </div>
      ))}
    </Page>
  )
}
