import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import { exportHistory } from '#features/history/history-api.ts'
import { HistoryFilters } from '#features/history/history-filters.tsx'
import { HistoryList } from '#features/history/history-list.tsx'
import { HistoryLoading } from '#features/history/history-states.tsx'
import { readHistorySearch } from '#features/history/read-history-search.ts'
import { runQueries } from '#features/runs/run-queries.ts'
import { standOf } from '#features/runs/run-words.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { paths } from '#paths'
import { useNotices } from '#ui/feedback/notices.tsx'
import { Lead, Page, PageHead, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import classes from './activity-page.module.css'
import { OwnRuns } from './own-runs.tsx'

/** Shows who changed what and when, one at a time or by a run, with a way to revert. */
export function ActivityPage() {
  useDocumentTitle('Activity')
  const search = useSearch({ from: paths.activity.route })
  const { filter, dropped } = readHistorySearch(search)
  const [typed, setTyped] = useState<string | null>(null)
  // results for an older text are not shown below a newer one
  const isAhead = typed !== null && typed.trim() !== (filter.webhook ?? '')
  const navigate = useNavigate()
  const { notify } = useNotices()
  const download = useMutation({
    mutationFn: () => exportHistory(filter),
    onError: (error) => notify({ text: `Nothing was exported. ${explainFailure(error)}` }),
  })
  const noteOfRun = useNotesOfRuns()

  return (
    <Page width="full">
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
        <ScreenTitle>Activity</ScreenTitle>
      </PageHead>
      <Lead>Every change made in Hookdesk, and changes it found that were made elsewhere.</Lead>
      <div className={classes.columns}>
        <OwnRuns />
        <section aria-label="Changes" className={classes.changes}>
          <HistoryFilters
            filter={filter}
            search={search}
            dropped={dropped}
            typed={typed}
            onType={setTyped}
          />
          {isAhead ? (
            <HistoryLoading />
          ) : (
            <HistoryList
              filter={filter}
              isGrouped={filter.run === undefined}
              noteOfRun={noteOfRun}
              onClear={() => void navigate({ ...paths.activity(), search: {} })}
            />
          )}
        </section>
      </div>
    </Page>
  )
}

/** Failures are known of one’s own runs only: nobody else may open them. */
function useNotesOfRuns() {
  const { data: runs = [] } = useQuery(runQueries.list())
  return (id: number) => {
    const run = runs.find((own) => own.id === id)
    return run && <span>{` · ${standOf(run)}`}</span>
  }
}
