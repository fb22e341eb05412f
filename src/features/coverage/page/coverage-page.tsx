import { Alert } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'

import { coverageWords } from '#features/coverage/cell-words.ts'
import { CoverageGrid } from '#features/coverage/grid/coverage-grid.tsx'
import type { View } from '#features/coverage/shown.ts'
import { useBarredAt } from '#features/coverage/use-barred-at.ts'
import { useTicked, withoutFilled } from '#features/coverage/use-ticked.ts'
import { useMay } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { HelpFold } from '#features/help/help-fold.tsx'
import { FleetAge } from '#fleet/fleet-age.tsx'
import { FleetProblem } from '#fleet/fleet-problem.tsx'
import { MissingRights } from '#fleet/missing-rights.tsx'
import { useIsPrinting } from '#ui/hooks/printing.ts'
import { Page, PageHead, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { CoverageFilters } from './coverage-filters.tsx'
import { CoverageList } from './coverage-list.tsx'
import classes from './coverage-page.module.css'
import { CoverageSkeleton, LocationsProblem, NothingShown } from './coverage-states.tsx'
import { Legend } from './legend.tsx'
import { TickedBar } from './ticked-bar.tsx'
import { useActs } from './use-acts.ts'
import { useCoverage } from './use-coverage.ts'

/** Shows which location has which webhooks, their health, and the gaps. */
export function CoveragePage() {
  useDocumentTitle('Coverage')
  const inUse = useCoverage()
  const { fleet, isPending, locationsFailed, coverage } = inUse
  const mayCreate = useMay('WebHook-Create')

  return (
    <Page width="full">
      <PageHead>
        <ScreenTitle>Coverage</ScreenTitle>
        <FleetAge fleet={fleet} />
        <HelpFold question="What is a gap?" section="gaps-between-locations">
          Each tile is a location and an action, coloured by the worst webhook there. A gap is an
          action for which most other locations have a webhook and this one has none.
        </HelpFold>
        {!mayCreate && <MissingRights rights={['WebHook-Create']} isFolded />}
      </PageHead>
      <FleetProblem fleet={fleet} />
      {isPending && !fleet.isError && <CoverageSkeleton />}
      {fleet.data && !isPending && (
        <>
          {(locationsFailed || coverage.locations.length === 0) && (
            <LocationsProblem isNone={coverage.locations.length === 0} />
          )}
          {coverage.locations.length > 0 && <Covered inUse={inUse} />}
        </>
      )}
    </Page>
  )
}

const NARROW = '(max-width: 48em)'

function Covered({ inUse }: { inUse: ReturnType<typeof useCoverage> }) {
  const { coverage, shown, counts, query, drawn, dropped, acts: filters } = inUse
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const { ticked, toggle, clear } = useTicked()
  const { acts, copying } = useActs({ toggleGroup: filters.toggleGroup, toggleTick: toggle })
  const barredAt = useBarredAt()
  const viewOf = (view: View | undefined) => view ?? (isNarrow ? 'list' : 'grid')
  const isNothing = shown.locations.length === 0 || shown.columns.length === 0
  // the page only ever contains a part of the grid, and paper cannot be scrolled
  const isPrinting = useIsPrinting()
  const isGrid = viewOf(drawn.view) === 'grid' && !isPrinting
  const ViewShown = isGrid ? CoverageGrid : CoverageList

  return (
    <>
      <p className={classes.words}>{coverageWords(coverage, shown, drawn)}</p>
      {copying.error && (
        <Alert role="alert" color="red" variant="light" title="Hookdesk could not prepare the run">
          {explainFailure(copying.error)} Nothing was changed.
        </Alert>
      )}
      <CoverageFilters
        coverage={coverage}
        shown={shown}
        query={query}
        dropped={dropped}
        view={viewOf(query.view)}
        acts={filters}
      />
      <Legend
        counts={counts}
        canCompare={coverage.others > 0}
        chosen={query.health}
        view={viewOf(query.view)}
        onToggle={filters.toggleHealth}
      />
      {isNothing ? (
        <NothingShown
          isEmpty={coverage.actions.every(({ isUsed }) => !isUsed)}
          onAllActions={() => filters.set({ actions: 'all' })}
          onClear={filters.clear}
        />
      ) : (
        <ViewShown
          coverage={coverage}
          shown={shown}
          ticked={ticked}
          acts={acts}
          barredAt={barredAt}
        />
      )}
      <TickedBar ticked={withoutFilled(ticked, coverage)} onClear={clear} />
    </>
  )
}
