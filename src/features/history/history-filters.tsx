import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { locationName } from '#contract/nexudus/location.ts'
import { locationNameOf } from '#fleet/fleet.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { LocationPicker } from '#pickers/location-picker.tsx'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { SearchInput } from '#ui/controls/search-input.tsx'
import { DroppedFilters } from '#ui/feedback/dropped-filters.tsx'
import { PHONE } from '#ui/hooks/phone.ts'

import type { HistoryFilter } from './history-api.ts'
import classes from './history-filters.module.css'
import { historyQueries } from './history-queries.ts'
import type { HistorySearch } from './history-search.ts'
import { useLocations } from './use-locations.ts'

const KINDS = [
  { value: '', label: 'Everything' },
  { value: 'create', label: 'Created' },
  { value: 'change', label: 'Changed' },
  { value: 'delete', label: 'Deleted' },
  { value: 'elsewhere', label: 'Made elsewhere' },
  { value: 'run', label: 'Bulk runs' },
]

type HistoryFiltersProps = {
  filter: HistoryFilter
  /** The days as the address has them. */
  search: HistorySearch
  dropped: string[]
  /** The text being typed, before it reaches the address. */
  typed: string | null
  onType: (text: string | null) => void
}

/** Filters by webhook, kind, person, location and day; the page of a run links to its entries. */
export function HistoryFilters({ filter, search, dropped, typed, onType }: HistoryFiltersProps) {
  // a phone shows the search; the rest would fill its screen
  const isNarrow = useMediaQuery(PHONE, false, { getInitialValueInEffect: false })
  const change = useChange()
  const { webhook: _text, run: _run, ...folded } = filter
  const chosen = Object.keys(folded).length
  const others = { filter, search, onChange: change }

  return (
    <>
      <search className={classes.filters}>
        <WebhookSearch
          value={typed ?? filter.webhook ?? ''}
          onType={onType}
          onChange={(webhook) => change({ webhook: webhook || undefined }, true)}
        />
        {isNarrow ? (
          <Disclosure summary={chosen > 0 ? `Filters: ${chosen} chosen` : 'Filters'}>
            <div className={classes.folded}>
              <OtherFilters {...others} />
            </div>
          </Disclosure>
        ) : (
          <OtherFilters {...others} />
        )}
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

function useChange() {
  const navigate = useNavigate()
  return (search: HistorySearch, replace = false) =>
    void navigate({ ...paths.activity(), search: (before) => ({ ...before, ...search }), replace })
}

type OtherFiltersProps = Pick<HistoryFiltersProps, 'filter' | 'search'> & {
  onChange: (search: HistorySearch) => void
}

function OtherFilters({ filter, search, onChange }: OtherFiltersProps) {
  const { data: people = [] } = useQuery(historyQueries.people())
  const locations = useLocations()
  const areRead = !useQuery(locationQueries.list()).isPending
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
      <NativeSelect
        label="Kind"
        value={filter.kind ?? ''}
        data={KINDS}
        onChange={(event) => onChange({ kind: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label="Person"
        value={filter.by ?? ''}
        data={[{ value: '', label: 'Everyone' }, ...offered]}
        onChange={(event) => onChange({ by: event.currentTarget.value || undefined })}
      />
      <LocationPicker
        value={filter.location ?? 0}
        chosen={
          filter.location === undefined
            ? everywhere.name
            : locationNameOf(locations, filter.location)
        }
        choices={areRead ? [everywhere, ...choices] : undefined}
        onChange={(id) => onChange({ location: id ? String(id) : undefined })}
      />
      <DayField label="From" value={search.from} onChange={(from) => onChange({ from })} />
      <DayField label="To" value={search.until} onChange={(until) => onChange({ until })} />
    </>
  )
}

type DayFieldProps = {
  label: string
  value: string | undefined
  onChange: (day: string | undefined) => void
}

function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
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
