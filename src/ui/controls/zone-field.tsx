import { TextInput } from '@mantine/core'

/** The zone of the person at this browser. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

type ZoneFieldProps = {
  description: string
  value: string
  isWrong: boolean
  onChange: (zone: string) => void
}

/** The IANA name of a zone, as people write it. */
export function ZoneField({ description, value, isWrong, onChange }: ZoneFieldProps) {
  return (
    <TextInput
      label="Time zone"
      description={description}
      error={isWrong && 'Not a known time zone. Write it as in Europe/London.'}
      required
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
    />
  )
}
