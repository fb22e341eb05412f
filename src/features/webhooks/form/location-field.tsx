import { useQuery } from '@tanstack/react-query'
import { useController } from 'react-hook-form'

import { locationName } from '#contract/nexudus/location.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'
import { LocationPicker } from '#pickers/location-picker.tsx'

import type { WebhookForm } from './webhook-form.tsx'

type LocationFieldProps = { form: WebhookForm; onChosen: () => void }

/** The field for the location, with the locations that the person may use. */
export function LocationField({ form, onChosen }: LocationFieldProps) {
  const { session } = useDesk()
  const { data = [], isPending, isError } = useQuery(locationQueries.list())
  const { field, fieldState } = useController({ control: form.control, name: 'BusinessId' })
  const usable = data
    .filter(({ Id }) => session.locations === null || session.locations.includes(Id))
    .map((location) => ({
      id: location.Id,
      name: locationName(location),
      note: [location.TownCity, location.CountryName].filter(Boolean).join(', ') || undefined,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
  const chosen = data.find(({ Id }) => Id === field.value)

  return (
    <LocationPicker
      ref={field.ref}
      id="field-BusinessId"
      description={
        isError
          ? 'Hookdesk could not read the locations. Close this form and try again.'
          : 'A webhook belongs to one location.'
      }
      required
      error={fieldState.error?.message}
      value={field.value}
      chosen={chosen ? locationName(chosen) : field.value ? `Location ${field.value}` : ''}
      choices={isPending ? undefined : usable}
      onChange={(location) => {
        field.onChange(location)
        onChosen()
      }}
      onBlur={field.onBlur}
    />
  )
}
