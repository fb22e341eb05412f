import { TextInput } from '@mantine/core'

type TimeFieldProps = { label: string; value: string; onChange: (time: string) => void }

/** A time of day, as `22:00`. */
export function TimeField({ label, value, onChange }: TimeFieldProps) {
  return (
    <TextInput
      type="time"
      label={label}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
