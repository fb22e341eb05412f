import { Button } from '@mantine/core'
import { IconChevronDown, IconX } from '@tabler/icons-react'
import { memo, Suspense, useRef } from 'react'

import { actionApiName, actionLabel } from '#contract/actions/actions.ts'
import { HEALTH_LABELS } from '#contract/nexudus/health.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { SaveView } from '#features/webhooks/views/save-view.tsx'
import type { ListViews } from '#features/webhooks/views/use-list-views.ts'
import { locationNameOf, type FleetRow } from '#fleet/fleet.ts'
import { FilterMenu } from '#ui/controls/filter-menu.tsx'
import type { FilterOption } from '#ui/controls/filter-popover.tsx'
import { SearchInput } from '#ui/controls/search-input.tsx'
import { DroppedFilters } from '#ui/feedback/dropped-filters.tsx'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useKey } from '#ui/hooks/keys.ts'
import { useOpenAt } from '#ui/hooks/open-at.ts'

import { HealthChips } from './health-chips.tsx'
import classes from './list-filters.module.css'
import type { List } from './use-list.ts'

// for those who open it, or look at one location
const LookMenu = lazyPart(() => import('./look-menu.tsx'), 'LookMenu')
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

  const locationOptions = () =>
    optionsOf(
      rows,
      (row) => row.webhook.BusinessId,
      counts.locations,
      (id) => ({
        label: locationNameOf(locations, id),
      }),
    )
  const actionOptions = () =>
    optionsOf(
      rows,
      (row) => row.webhook.Action,
      counts.actions,
      (number) => ({
        label: actionLabel(number),
        hint: actionApiName(number),
      }),
    )

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
        <FilterMenu
          label="Location"
          options={locationOptions}
          chosen={query.locations}
          onToggle={(id) => list.toggle('locations', id)}
        />
        <FilterMenu
          label="Action"
          options={actionOptions}
          chosen={query.actions}
          onToggle={(number) => list.toggle('actions', number)}
        />
        <LookButton />
        <SaveView views={views} />
      </search>
      <ChosenFilters list={list} locations={locations} />
      <DroppedFilters names={list.dropped} />
    </>
  )
})

function LookButton() {
  const { open, buttonProps } = useOpenAt()
  return (
    <span className={classes.look}>
      <Button
        variant="default"
        rightSection={<IconChevronDown size={16} aria-hidden />}
        aria-haspopup="menu"
        {...buttonProps}
      >
        Layout
      </Button>
      <Suspense>{open && <LookMenu {...open} />}</Suspense>
    </span>
  )
}

function optionsOf(
  rows: readonly FleetRow[],
  valueOf: (row: FleetRow) => number,
  counts: Map<string | number, number>,
  describe: (value: number) => Pick<FilterOption, 'label' | 'hint'>,
): FilterOption[] {
  return [...new Set(rows.map(valueOf))]
    .map((value) => ({ value, count: counts.get(value) ?? 0, ...describe(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
}

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
