import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'

import type { HealthState } from '#contract/nexudus/health.ts'
import { coverageOf, type Coverage, type CoverageGroup } from '#features/coverage/coverage.ts'
import type { CoverageSearch } from '#features/coverage/search.ts'
import {
  readCoverageSearch,
  shownOf,
  writeGroups,
  type CoverageQuery,
  type Shown,
} from '#features/coverage/shown.ts'
import { stateCountsOf } from '#features/coverage/totals.ts'
import { useReadFleet } from '#fleet/use-fleet.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { toggle } from '#ui/hooks/chosen.ts'
import { useLater } from '#ui/hooks/later.ts'
import { writeList } from '#ui/hooks/search-params.ts'

export type CoverageInUse = ReturnType<typeof useCoverage>

/** The coverage, the part of it that is shown, and the ways to show another; all in the address. */
export function useCoverage() {
  const { fleet, rows, locations, locationsFailed } = useReadFleet()
  const isPending = useQuery(locationQueries.list()).isPending || fleet.isPending
  const search = useSearch({ from: paths.coverage.route })
  const { query, dropped } = useMemo(() => readCoverageSearch(search), [search])
  // the press is answered at once; the grid, which is large, follows in a frame of its own
  const drawn = useLater(query)

  // goes through every webhook and every location, so only for new records
  const coverage = useMemo(() => coverageOf({ rows, locations }), [rows, locations])
  const shown = useMemo(() => shownOf(coverage, drawn), [coverage, drawn])
  const counts = useMemo(
    () => stateCountsFor({ coverage, shown, query: drawn }),
    [coverage, shown, drawn],
  )
  return {
    fleet,
    isPending,
    locationsFailed,
    coverage,
    shown,
    counts,
    query,
    drawn,
    dropped,
    acts: useActs(),
  }
}

type Drawn = { coverage: Coverage; shown: Shown; query: CoverageQuery }

/** The webhooks in each state, as if no state was chosen: another one can be chosen, too. */
function stateCountsFor({ coverage, shown, query }: Drawn) {
  const isAnyState = query.health.length === 0
  return stateCountsOf(isAnyState ? shown : shownOf(coverage, { ...query, health: [] }))
}

function useActs() {
  const navigate = useNavigate()
  return useMemo(() => {
    const go = (change: (now: CoverageSearch) => Partial<CoverageSearch>) =>
      void navigate({
        to: '.',
        search: (now: CoverageSearch) => ({ ...now, ...change(now) }),
        resetScroll: false,
      })
    return {
      set: (change: Partial<CoverageSearch>) => go(() => change),
      /**
       * Opens the chosen groups too, because a person who chooses a group wants to see its actions.
       */
      chooseGroup: (group: CoverageGroup) =>
        go((now) => {
          const { query } = readCoverageSearch(now)
          const groups = toggle(query.groups, group)
          const open = groups.includes(group) ? [...new Set([...query.open, group])] : query.open
          return { groups: writeGroups(groups), open: writeGroups(open) }
        }),
      toggleGroup: (group: CoverageGroup) =>
        go((now) => ({ open: writeGroups(toggle(readCoverageSearch(now).query.open, group)) })),
      toggleLocation: (id: number) =>
        go((now) => ({
          locations: writeList(toggle(readCoverageSearch(now).query.locations, id)),
        })),
      chooseOnlyLocation: (id: number) => go(() => ({ locations: String(id) })),
      toggleHealth: (state: HealthState) =>
        go((now) => ({ health: writeList(toggle(readCoverageSearch(now).query.health, state)) })),
      clear: () =>
        go(() => ({
          groups: undefined,
          locations: undefined,
          health: undefined,
          gaps: undefined,
          actions: undefined,
        })),
    }
  }, [navigate])
}
