import { useQuery } from '@tanstack/react-query'
import { useController } from 'react-hook-form'

import { useDesk } from '#features/session/use-desk.ts'
import { locationName } from '#contract/location.ts'
import { Picker } from '#ui/picker.tsx'

import { fold } from '#ui/fold.ts'
import type { WebhookForm } from './webhook-form.tsx'
import { locationQueries } from './webhook-queries.ts'

type LocationFieldProps = { form: WebhookForm; isReadOnly: boolean; onChosen: () => void }

/** Where it happens: the locations the person may use. */
export function LocationField({ form, isReadOnly, onChosen }: LocationFieldProps) {
  const { session } = useDesk()
  const { data = [], isError } = useQuery(locationQueries.list())
  const { field, fieldState } = useController({ control: form.control, name: 'BusinessId' })
  const usable = data
    .filter(({ Id }) => session.locations === null || session.locations.includes(Id))
    .map((location) => ({
      value: String(location.Id),
      label: locationName(location),
      note: [location.TownCity, location.CountryName].filter(Boolean).join(', ') || undefined,
    }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
  const chosen = data.find(({ Id }) => Id === field.value)

  return (
    <Picker
      ref={field.ref}
      id="field-BusinessId"
      label="Location"
      description={
        isError
          ? 'The locations could not be read. Close this and try again.'
          : 'A webhook belongs to one location.'
      }
      placeholder="Choose a location"
      required
      readOnly={isReadOnly}
      error={fieldState.error?.message}
      value={field.value ? String(field.value) : null}
      chosen={chosen ? locationName(chosen) : field.value ? `Location ${field.value}` : ''}
      noun={{ one: 'location', many: 'locations' }}
      search={(query) => {
        const needle = fold(query.trim())
        const found = usable.filter(({ label, note, value }) =>
          fold(`${label} ${note ?? ''} ${value}`).includes(needle),
        )
        return [{ label: null, options: found }]
      }}
      nothingFound={(query) => `No location matches “${query}”.`}
      onChange={(value) => {
        field.onChange(Number(value))
        onChosen()
      }}
      onBlur={field.onBlur}
    />
  )
}
