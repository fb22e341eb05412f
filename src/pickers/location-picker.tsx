import { Picker, type PickerProps } from '#ui/controls/picker.tsx'
import { fold } from '#ui/text/fold.ts'

export type LocationChoice = { id: number; name: string; note?: string | undefined }

type LocationPickerProps = Pick<
  PickerProps,
  'ref' | 'id' | 'description' | 'error' | 'required' | 'onBlur'
> & {
  /** The number of the chosen location; 0 for none. */
  value: number
  /** The text of the field, also if the location is not among the choices. */
  chosen: string
  /** `undefined` while they are being read. */
  choices: readonly LocationChoice[] | undefined
  onChange: (location: number) => void
}

/** A picker for one location, by name, town or number. */
export function LocationPicker(props: LocationPickerProps) {
  const { value, chosen, choices, onChange, ...rest } = props
  const options = (choices ?? []).map(({ id, name, note }) => ({
    value: String(id),
    label: name,
    note,
  }))
  return (
    <Picker
      {...rest}
      label="Location"
      placeholder={choices ? 'Choose a location' : 'Loading locations …'}
      reading={!choices}
      value={value ? String(value) : null}
      chosen={chosen}
      noun={{ one: 'location', many: 'locations' }}
      search={(query) => {
        const needle = fold(query.trim())
        const found = options.filter((option) =>
          fold(`${option.label} ${option.note ?? ''} ${option.value}`).includes(needle),
        )
        return [{ label: null, options: found }]
      }}
      nothingFound={(query) =>
        choices ? `No location matches “${query}”.` : 'Loading locations …'
      }
      onChange={(id) => onChange(Number(id))}
    />
  )
}
