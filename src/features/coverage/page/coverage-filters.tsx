import { Button, Checkbox } from '@mantine/core'
import { IconLayoutGrid, IconLayoutList } from '@tabler/icons-react'

import { COVERAGE_GROUPS, type Coverage } from '#features/coverage/coverage.ts'
import { writeGroups, type CoverageQuery, type Shown, type View } from '#features/coverage/shown.ts'
import { NO_WEBHOOKS, totalsOf } from '#features/coverage/totals.ts'
import type { Share } from '#fleet/share.ts'
import { FilterMenu } from '#ui/controls/filter-menu.tsx'
import { DroppedFilters } from '#ui/feedback/dropped-filters.tsx'

import classes from './coverage-page.module.css'
import type { CoverageInUse } from './use-coverage.ts'

type CoverageFiltersProps = {
  coverage: Coverage
  shown: Shown
  query: CoverageQuery
  dropped: string[]
  view: View
  acts: CoverageInUse['acts']
}

/** Filters for locations and actions, and the choice of view; all of it is in the address. */
export function CoverageFilters(props: CoverageFiltersProps) {
  const { coverage, shown, query, dropped, view, acts } = props
  const isAllOpen = shown.groups.every(({ isOpen }) => isOpen)

  return (
    <>
      <search className={classes.bar}>
        <FilterMenu
          label="Group"
          options={() => groupOptions(coverage, query)}
          chosen={query.groups.map((group) => COVERAGE_GROUPS.indexOf(group) + 1)}
          onToggle={(at) => {
            const group = COVERAGE_GROUPS[at - 1]
            if (group) acts.chooseGroup(group)
          }}
        />
        <FilterMenu
          label="Location"
          options={() => locationOptions(coverage, query)}
          chosen={query.locations}
          onToggle={acts.toggleLocation}
          onOnly={acts.chooseOnlyLocation}
        />
        <Checkbox
          label="Only actions used somewhere"
          checked={query.isUsedOnly}
          onChange={({ currentTarget: { checked } }) =>
            acts.set({ actions: checked ? undefined : 'all' })
          }
        />
        {(coverage.others > 0 || query.isGapsOnly) && (
          <Checkbox
            label="Only gaps"
            checked={query.isGapsOnly}
            onChange={({ currentTarget: { checked } }) =>
              acts.set({ gaps: checked ? 'only' : undefined })
            }
          />
        )}
        <Checkbox
          label="Most trouble first"
          checked={query.isByTrouble}
          onChange={({ currentTarget: { checked } }) =>
            acts.set({ sort: checked ? 'trouble' : undefined })
          }
        />
        <span className={classes.rest}>
          {view === 'grid' && shown.groups.length > 0 && (
            <Button
              variant="subtle"
              onClick={() =>
                acts.set({ open: isAllOpen ? undefined : writeGroups(COVERAGE_GROUPS) })
              }
            >
              {isAllOpen ? 'Close all groups' : 'Open all groups'}
            </Button>
          )}
          <ViewSwitch view={view} onChange={(next) => acts.set({ view: next })} />
        </span>
      </search>
      <DroppedFilters names={dropped} />
    </>
  )
}

const VIEWS = [
  { view: 'grid', label: 'Grid', Icon: IconLayoutGrid },
  { view: 'list', label: 'List', Icon: IconLayoutList },
] as const

function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  return (
    <span role="group" aria-label="View" className={classes.views}>
      {VIEWS.map(({ view: one, label, Icon }) => (
        <button
          key={one}
          type="button"
          className={classes.view}
          aria-pressed={view === one}
          onClick={() => onChange(one)}
        >
          <Icon size={18} aria-hidden />
          <span>{label}</span>
        </button>
      ))}
    </span>
  )
}

/** The groups, each with its webhooks at the chosen locations. */
function groupOptions(coverage: Coverage, { locations }: CoverageQuery) {
  const { byGroup } = totalsOf({
    actions: coverage.actions,
    locations: coverage.locations.filter(
      ({ id }) => locations.length === 0 || locations.includes(id),
    ),
  })
  const present = new Set(coverage.actions.map(({ group }) => group))
  return COVERAGE_GROUPS.flatMap((group, index) =>
    present.has(group)
      ? [{ value: index + 1, label: group, ...countOf(byGroup.get(group) ?? NO_WEBHOOKS) }]
      : [],
  )
}

/** The locations, each with its webhooks in the chosen groups. */
function locationOptions({ locations, actions }: Coverage, { groups }: CoverageQuery) {
  const { byLocation } = totalsOf({
    locations,
    actions: actions.filter(({ group }) => groups.length === 0 || groups.includes(group)),
  })
  return locations.map(({ id, name }) => ({
    value: id,
    label: name,
    ...countOf(byLocation.get(id) ?? NO_WEBHOOKS),
  }))
}

const countOf = ({ webhooks, troubled }: Share) => ({
  count: webhooks,
  hint: troubled > 0 ? `${troubled.toLocaleString('en')} in trouble` : null,
})
