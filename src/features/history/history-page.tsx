import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import { explainFailure } from '#fleet/failure-words.ts'
import { paths } from '#paths'
import { useNotices } from '#ui/feedback/notices.tsx'
import { Lead, Page, PageHead, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { exportHistory } from './history-api.ts'
import { HistoryFilters } from './history-filters.tsx'
import { HistoryList } from './history-list.tsx'
import { HistoryLoading } from './history-states.tsx'
import { readHistorySearch } from './read-history-search.ts'

/** Shows who changed what and when, with the values before and after and a way to revert. */
export function HistoryPage() {
  useDocumentTitle('History')
  const { filter, dropped } = readHistorySearch(useSearch({ from: paths.history.route }))
  const [typed, setTyped] = useState<string | null>(null)
  // results for an older text are not shown below a newer one
  const isAhead = typed !== null && typed.trim() !== (filter.webhook ?? '')
  const navigate = useNavigate()
  const { notify } = useNotices()
  const download = useMutation({
    mutationFn: () => exportHistory(filter),
    onError: (error) => notify({ text: `Nothing was exported. ${explainFailure(error)}` }),
  })

  return (
    <Page>
      <PageHead
        action={
          <Button
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
            loading={download.isPending}
            onClick={() => download.mutate()}
          >
            Export as CSV
          </Button>
        }
      >
        <ScreenTitle>History</ScreenTitle>
      </PageHead>
      <Lead>Every change made in Hookdesk, and changes it found that were made elsewhere.</Lead>
      <HistoryFilters filter={filter} dropped={dropped} typed={typed} onType={setTyped} />
      {isAhead ? (
        <HistoryLoading />
      ) : (
        <HistoryList
          filter={filter}
          onClear={() => void navigate({ ...paths.history(), search: {} })}
        />
      )}
    </Page>
  )
}
