import { Button, NativeSelect } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { locationName } from '#contract/nexudus/location.ts'
import { locationNameOf } from '#fleet/fleet.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { LocationPicker } from '#pickers/location-picker.tsx'
import { SearchInput } from '#ui/controls/search-input.tsx'
import { DroppedFilters } from '#ui/feedback/dropped-filters.tsx'

import type { HistoryFilter } from './history-api.ts'
import classes from './history-page.module.css'
import { historyQueries } from './history-queries.ts'
import type { HistorySearch } from './history-search.ts'
import { useLocations } from './use-locations.ts'

type HistoryFiltersProps = {
  filter: HistoryFilter
  dropped: string[]
  /** The text being typed, before it reaches the address. */
  typed: string | null
  onType: (text: string | null) => void
}

/** Filters by person, webhook and location; the page of runs links to the entries of a run. */
export function HistoryFilters({ filter, dropped, typed, onType }: HistoryFiltersProps) {
  const { data: people = [] } = useQuery(historyQueries.people())
  const locations = useLocations()
  const areRead = !useQuery(locationQueries.list()).isPending
  const navigate = useNavigate()
  const change = (search: HistorySearch, replace = false) =>
    void navigate({ ...paths.history(), search: (before) => ({ ...before, ...search }), replace })

  // a person named only in the address is offered too, or the field would show another choice
  const offered = filter.by && !people.includes(filter.by) ? [filter.by, ...people] : people
  const everywhere = { id: 0, name: 'All locations' }
  const choices = [...locations.values()].map((location) => ({
    id: location.Id,
    name: locationName(location),
    note: location.TownCity ?? undefined,
  }))

  return (
    <>
      <search className={classes.filters}>
        <WebhookSearch
          value={typed ?? filter.webhook ?? ''}
          onType={onType}
          onChange={(webhook) => change({ webhook: webhook || undefined }, true)}
        />
        <NativeSelect
          label="Person"
          value={filter.by ?? ''}
          data={[{ value: '', label: 'Everyone' }, ...offered]}
          onChange={(event) => change({ by: event.currentTarget.value || undefined })}
        />
        <LocationPicker
          value={filter.location ?? 0}
          chosen={
            filter.location === undefined
              ? everywhere.name
              : locationNameOf(locations, filter.location)
          }
          choices={areRead ? [everywhere, ...choices] : undefined}
          onChange={(id) => change({ location: id ? String(id) : undefined })}
        />
      </search>
      {filter.run !== undefined && (
        <div>
          <Button
            size="compact-sm"
            variant="light"
            rightSection={<IconX size={14} aria-hidden />}
            aria-label={`Remove Run: ${filter.run}`}
            onClick={() => change({ run: undefined })}
          >
            Run: {filter.run}
          </Button>
        </div>
      )}
      <DroppedFilters names={dropped} />
    </>
  )
}

const AFTER_TYPING_MS = 300

type WebhookSearchProps = {
  value: string
  onType: (text: string | null) => void
  onChange: (text: string) => void
}

function WebhookSearch({ value, onType, onChange }: WebhookSearchProps) {
  const changeSoon = useDebouncedCallback(onChange, {
    delay: AFTER_TYPING_MS,
    flushOnUnmount: true,
  })

  function type(text: string) {
    onType(text)
    changeSoon(text.trim())
  }
  return (
    <SearchInput
      label="Webhook"
      placeholder="Name or id"
      value={value}
      onChange={type}
      onBlur={() => {
        changeSoon.flush()
        onType(null)
      }}
    />
  )
}
