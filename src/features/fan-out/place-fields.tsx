import { locationName, type Location } from '#contract/nexudus/location.ts'
import { actionGroups } from '#pickers/action-options.ts'
import { explainNoAction } from '#pickers/explain-no-action.tsx'
import { fold } from '#ui/text/fold.ts'

import { TickList, type TickGroup, type TickListProps, type TickOption } from './tick-list.tsx'

type FieldProps = {
  ticked: ReadonlySet<number>
  error: string | undefined
  onChange: TickListProps['onChange']
}

type LocationsFieldProps = FieldProps & { locations: readonly Location[] }

/** A list of the locations that the person may use, by country. */
export function LocationsField({ locations, ...props }: LocationsFieldProps) {
  const options = locations
    .map((location) => ({ location, name: locationName(location) }))
    .toSorted((a, b) => a.name.localeCompare(b.name))

  function search(query: string): TickGroup[] {
    const needle = fold(query.trim())
    const groups = new Map<string, TickOption[]>()
    for (const { location, name } of options) {
      const { Id, TownCity, CountryName } = location
      if (!fold(`${name} ${TownCity ?? ''} ${CountryName ?? ''} ${Id}`).includes(needle)) continue
      const country = CountryName?.trim() || 'Without a country'
      const group = groups.get(country) ?? []
      group.push({ value: Id, label: name, note: TownCity ?? undefined })
      groups.set(country, group)
    }
    return [...groups]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([label, options]) => ({ label: groups.size > 1 ? label : null, options }))
  }

  return (
    <TickList
      {...props}
      id="fan-locations"
      label="Locations"
      noun={{ one: 'location', many: 'locations' }}
      search={search}
      nothingFound={(query) => `No location matches “${query}”.`}
    />
  )
}

/** A list of the actions, which people find in their own words, as everywhere. */
export function ActionsField(props: FieldProps) {
  return (
    <TickList
      {...props}
      id="fan-actions"
      label="Actions"
      noun={{ one: 'action', many: 'actions' }}
      search={(query) => actionGroups(query, Number)}
      nothingFound={explainNoAction}
    />
  )
}
