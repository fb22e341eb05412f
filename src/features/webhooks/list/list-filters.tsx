import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { memo, Suspense, useRef } from 'react'

import { actionApiName, actionLabel } from '#contract/actions/actions.ts'
import { HEALTH_LABELS } from '#contract/nexudus/health.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { SaveView } from '#features/webhooks/views/save-view.tsx'
import type { ListViews } from '#features/webhooks/views/use-list-views.ts'
import { locationNameOf, type FleetRow } from '#fleet/fleet.ts'
import { FilterMenu, withCount } from '#ui/controls/filter-menu.tsx'
import type { FilterChoices, FilterOption } from '#ui/controls/filter-options.tsx'
import { OpenButton } from '#ui/controls/open-button.tsx'
import { SearchInput } from '#ui/controls/search-input.tsx'
import { DroppedFilters } from '#ui/feedback/dropped-filters.tsx'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useKey } from '#ui/hooks/keys.ts'

import { HealthChips } from './health-chips.tsx'
import classes from './list-filters.module.css'
import type { List } from './use-list.ts'

// for those who open it, or look at one location
const LookMenu = lazyPart(() => import('./look-menu.tsx'), 'LookMenu')
// for a phone
const ListSheet = lazyPart(() => import('./list-sheet.tsx'), 'ListSheet')
const PauseAll = lazyPart(() => import('#features/pauses/pause-all.tsx'), 'PauseAll')

type ListFiltersProps = {
  list: List
  rows: readonly FleetRow[]
  locations: Map<number, Location>
  views: ListViews
}

/** Filters by health, search, location and action, with the chosen values. */
export const ListFilters = memo(function ListFilters(props: ListFiltersProps) {
  const { list, rows, locations, views } = props
  const { query, counts, text, setText } = list
  const input = useRef<HTMLInputElement>(null)
  useKey('/', () => input.current?.focus())

  const filterOf = (
    label: string,
    name: 'locations' | 'actions',
    valueOf: (row: FleetRow) => number,
    describe: (value: number) => Pick<FilterOption, 'label' | 'hint'>,
  ): FilterChoices => ({
    label,
    options: () =>
      [...new Set(rows.map(valueOf))]
        .map((value) => ({ value, count: counts[name].get(value) ?? 0, ...describe(value) }))
        .toSorted((a, b) => a.label.localeCompare(b.label)),
    chosen: query[name],
    onToggle: (value) => list.toggle(name, value),
  })
  const filters = [
    filterOf(
      'Location',
      'locations',
      (row) => row.webhook.BusinessId,
      (id) => ({ label: locationNameOf(locations, id) }),
    ),
    filterOf(
      'Action',
      'actions',
      (row) => row.webhook.Action,
      (number) => ({ label: actionLabel(number), hint: actionApiName(number) }),
    ),
  ]
  const inUse = query.health.length + query.locations.length + query.actions.length

  return (
    <>
      <HealthChips
        counts={counts.health}
        chosen={query.health}
        addressOf={(state) => list.addressOf('health', state)}
        onToggle={(state) => list.toggle('health', state)}
      />
      <search className={classes.bar}>
        <SearchInput
          ref={input}
          aria-label="Search webhooks"
          placeholder="Search webhooks"
          className={classes.search}
          value={text}
          onChange={setText}
        />
        <span className={classes.wide}>
          {filters.map((filter) => (
            <FilterMenu key={filter.label} {...filter} />
          ))}
          <OpenButton kind="menu" label="Layout">
            {(open) => <LookMenu {...open} />}
          </OpenButton>
        </span>
        <OpenButton
          kind="dialog"
          label={withCount('Filters', inUse)}
          isInUse={inUse > 0}
          className={classes.phone}
        >
          {(open) => <ListSheet {...open} list={list} filters={filters} inUse={inUse} />}
        </OpenButton>
        <SaveView views={views} />
      </search>
      <ChosenFilters list={list} locations={locations} />
      <DroppedFilters names={list.dropped} />
    </>
  )
})

/** The filters in use, each with a button to remove it. */
function ChosenFilters({ list, locations }: Pick<ListFiltersProps, 'list' | 'locations'>) {
  const { query, toggle } = list
  const chips = [
    ...query.health.map((state) => ({
      label: `Health: ${HEALTH_LABELS[state]}`,
      remove: () => toggle('health', state),
    })),
    ...query.locations.map((id) => ({
      label: `Location: ${locationNameOf(locations, id)}`,
      remove: () => toggle('locations', id),
    })),
    ...query.actions.map((number) => ({
      label: `Action: ${actionLabel(number)}`,
      remove: () => toggle('actions', number),
    })),
  ]
  if (chips.length === 0) return null
  const [location] = query.locations
  const only = chips.length === 1 && list.text.trim() === '' ? location : undefined

  return (
    <div className={classes.inUse}>
      <ul className={classes.chosen} aria-label="Filters in use">
        {chips.map(({ label, remove }) => (
          <li key={label}>
            <Button
              size="compact-sm"
              variant="light"
              rightSection={<IconX size={14} aria-hidden />}
              aria-label={`Remove ${label}`}
              onClick={remove}
            >
              {label}
            </Button>
          </li>
        ))}
        <li>
          <Button size="compact-sm" variant="subtle" onClick={list.clear}>
            Clear filters
          </Button>
        </li>
      </ul>
      {only !== undefined && (
        <Suspense>
          <PauseAll where={`at ${locationNameOf(locations, only)}`} rows={list.matching} />
        </Suspense>
      )}
    </div>
  )
}
