import { TextInput } from '@mantine/core'

/** The zone of the person at this browser. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

type ZoneFieldProps = { value: string; isWrong: boolean; onChange: (zone: string) => void }

/** The zone in which messages give times. */
export function ZoneField({ value, isWrong, onChange }: ZoneFieldProps) {
  return (
    <TextInput
      label="Time zone"
      description="Messages give times in this zone."
      error={isWrong && 'Not a known time zone. Write it as in Europe/London.'}
      required
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
    />
  )
}
