import { Button, Checkbox } from '@mantine/core'
import { IconLayoutGrid, IconLayoutList } from '@tabler/icons-react'

import { COVERAGE_GROUPS, type Coverage } from '#features/coverage/coverage.ts'
import { writeGroups, type CoverageQuery, type Shown, type View } from '#features/coverage/shown.ts'
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
          options={() => groupOptions(coverage)}
          chosen={query.groups.map((group) => COVERAGE_GROUPS.indexOf(group) + 1)}
          onToggle={(at) => {
            const group = COVERAGE_GROUPS[at - 1]
            if (group) acts.chooseGroup(group)
          }}
        />
        <FilterMenu
          label="Location"
          options={() => locationOptions(coverage)}
          chosen={query.locations}
          onToggle={acts.toggleLocation}
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

function groupOptions({ actions, locations }: Coverage) {
  return COVERAGE_GROUPS.flatMap((group, index) => {
    const within = actions.filter((action) => action.group === group)
    const count = within.reduce(
      (sum, { number }) =>
        sum +
        locations.reduce((here, { cells }) => here + (cells.get(number)?.rows.length ?? 0), 0),
      0,
    )
    return within.length > 0 ? [{ value: index + 1, label: group, count }] : []
  })
}

const locationOptions = ({ locations }: Coverage) =>
  locations.map(({ id, name, webhooks }) => ({ value: id, label: name, count: webhooks }))
