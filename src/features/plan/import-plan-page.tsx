import { Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useMemo, useState } from 'react'

import { useMayImport } from '#features/session/use-desk.ts'
import { FleetAge } from '#fleet/fleet-age.tsx'
import { ReadingProgress } from '#fleet/reading-progress.tsx'
import { FleetProblem } from '#fleet/fleet-problem.tsx'
import { locationNameOf } from '#fleet/fleet.ts'
import { isRefused, MissingRights } from '#fleet/missing-rights.tsx'
import { useReadFleet } from '#fleet/use-fleet.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useLoadAhead } from '#ui/hooks/load-ahead.ts'
import { Lead, Page, PageHead, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { PlanSource } from './plan-source.tsx'
import { useKeptSource } from './use-kept-source.ts'

// reads and compares the file, with all that this takes; before, there is none
const PlanReview = lazyPart(() => import('./plan-review.tsx'), 'PlanReview')
const loadReview = () => [PlanReview.preload()]
const ExportDialog = lazyPart(() => import('./export-dialog.tsx'), 'ExportDialog')

/** Compares a plan file with the existing webhooks; this page changes nothing. */
export function ImportPlanPage() {
  useDocumentTitle('Import a plan')
  useLoadAhead(loadReview)
  const { rows, locations, fleet } = useReadFleet()
  const { isPending: areLocationsPending } = useQuery(locationQueries.list())
  const { source, setSource, isMasked } = useKeptSource()
  const [isExporting, setIsExporting] = useState(false)
  const hasNoRight = !useMayImport()
  const mayNothing = hasNoRight || isRefused(fleet.error)
  // not deferred: a proposal has to be about the text in the field
  const { text } = source

  // holds thousands of rows, and is used at every key press
  const here = useMemo(() => {
    const ids = [...locations.keys(), ...rows.map(({ webhook }) => webhook.BusinessId)]
    const names = new Map(ids.map((id) => [id, locationNameOf(locations, id)]))
    return { locations: names, webhooks: rows.map(({ webhook }) => webhook) }
  }, [locations, rows])

  return (
    <Page>
      <PageHead
        action={
          fleet.data &&
          rows.length > 0 && (
            <Button
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden />}
              onClick={() => setIsExporting(true)}
            >
              Export everything
            </Button>
          )
        }
      >
        <ScreenTitle>Import a plan</ScreenTitle>
        <FleetAge fleet={fleet} />
      </PageHead>
      <Lead>
        A plan file lists webhooks as they should be. Export one, edit it in a spreadsheet, and
        import it: you see what would change before anything does.
      </Lead>
      <FleetProblem fleet={fleet} />
      {hasNoRight && (
        <MissingRights
          title="You cannot import a plan"
          lead="You can still export."
          to="import a plan"
          rights={['WebHook-Create', 'WebHook-Edit']}
        />
      )}
      {!mayNothing && <PlanSource source={source} isMasked={isMasked} onChange={setSource} />}
      {!mayNothing && text.trim() !== '' && (fleet.isPending || areLocationsPending) && (
        <ReviewLoading />
      )}
      {!mayNothing && text.trim() !== '' && fleet.data && !areLocationsPending && (
        <Suspense fallback={<ReviewLoading />}>
          <PlanReview key={source.fileName} text={text} fileName={source.fileName} here={here} />
        </Suspense>
      )}
      <Suspense>
        {isExporting && (
          <ExportDialog
            ids={rows.map(({ webhook }) => webhook.Id)}
            onClose={() => setIsExporting(false)}
          />
        )}
      </Suspense>
    </Page>
  )
}

const ReviewLoading = () => (
  <Stack aria-busy>
    <VisuallyHidden>Loading webhooks …</VisuallyHidden>
    <ReadingProgress />
    <Skeleton height={160} />
  </Stack>
)
