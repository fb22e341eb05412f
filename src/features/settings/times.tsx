import { Checkbox, Group } from '@mantine/core'

import type { NotificationsChange } from '#contract/desk/settings.ts'
import { TimeField } from '#ui/controls/time-field.tsx'

type Wishes = Pick<NotificationsChange, 'quietFrom' | 'quietUntil' | 'digestAt'>

type TimesProps = { wishes: Wishes; onChange: (part: Partial<Wishes>) => void }

const NIGHT = { quietFrom: '22:00', quietUntil: '07:00' }
const MORNING = '08:30'

/** The hours in which somebody wants to be left alone, and the time of a daily summary. */
export function Times({ wishes: { quietFrom, quietUntil, digestAt }, onChange }: TimesProps) {
  const isQuiet = quietFrom !== null && quietUntil !== null
  return (
    <>
      <Checkbox
        label="Quiet hours"
        description="Nothing is sent between these times. What is over by then is told as over."
        checked={isQuiet}
        onChange={({ currentTarget: { checked } }) =>
          onChange(checked ? NIGHT : { quietFrom: null, quietUntil: null })
        }
      />
      {isQuiet && (
        <Group gap="md">
          <TimeField
            label="From"
            value={quietFrom}
            onChange={(time) => onChange({ quietFrom: time })}
          />
          <TimeField
            label="Until"
            value={quietUntil}
            onChange={(time) => onChange({ quietUntil: time })}
          />
        </Group>
      )}
      <Checkbox
        label="Daily summary"
        description="One mail a day, also if all is well. Without it you are reminded at 9:00 of what is still open."
        checked={digestAt !== null}
        onChange={({ currentTarget: { checked } }) =>
          onChange({ digestAt: checked ? MORNING : null })
        }
      />
      {digestAt !== null && (
        <Group gap="md">
          <TimeField
            label="Every day at"
            value={digestAt}
            onChange={(time) => onChange({ digestAt: time })}
          />
        </Group>
      )}
    </>
  )
}
