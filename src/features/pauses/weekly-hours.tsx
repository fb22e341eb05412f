import { Checkbox, Group, Input, Stack } from '@mantine/core'
import { useId } from 'react'

import { ApiError } from '#api/failure.ts'
import { WEEKDAYS, type PauseWindow } from '#contract/desk/pauses.ts'
import { DAY_LABELS } from './window-words.ts'
import { TimeField } from '#ui/controls/time-field.tsx'
import { ZoneField } from '#ui/controls/zone-field.tsx'

export type Hours = Pick<PauseWindow, 'days' | 'from' | 'until' | 'zone'>

type WeeklyHoursProps = {
  hours: Hours
  /** The refusal of the last try. */
  error: Error | null
  onChange: (hours: Hours) => void
}

/** Days, times and zone of a pause that comes back every week. */
export function WeeklyHours({ hours, error, onChange }: WeeklyHoursProps) {
  const { days, from, until, zone } = hours
  const daysId = useId()
  const change = (part: Partial<Hours>) => onChange({ ...hours, ...part })
  const isUnknownZone = error instanceof ApiError && error.failure.reason === 'unknown_zone'
  return (
    <Stack gap="sm">
      <Input.Wrapper
        id={daysId}
        label="On"
        labelElement="div"
        error={days.length === 0 && 'Choose at least one day.'}
      >
        <Group gap="md" mt={4} role="group" aria-labelledby={`${daysId}-label`}>
          {WEEKDAYS.map((day) => (
            <Checkbox
              key={day}
              label={DAY_LABELS[day]}
              checked={days.includes(day)}
              onChange={({ currentTarget: { checked } }) =>
                change({ days: WEEKDAYS.filter((d) => (d === day ? checked : days.includes(d))) })
              }
            />
          ))}
        </Group>
      </Input.Wrapper>
      <Group gap="md">
        <TimeField label="From" value={from} onChange={(time) => change({ from: time })} />
        <TimeField
          label={until > from ? 'Until' : 'Until (the next day)'}
          value={until}
          onChange={(time) => change({ until: time })}
        />
      </Group>
      <ZoneField
        description="The clock that these times are on, summer time included."
        value={zone}
        isWrong={isUnknownZone}
        onChange={(name) => change({ zone: name })}
      />
    </Stack>
  )
}
