import { Radio, Stack } from '@mantine/core'
import { useController } from 'react-hook-form'

import { WHILE_OFF, type ActiveFieldProps } from './active-field.tsx'

const CHOICES = [
  { word: 'null', is: null, label: 'Leave as it is' },
  { word: 'true', is: true, label: 'On' },
  { word: 'false', is: false, label: 'Off' },
] as const

/** On, off, or whatever it is now, for a record that does not tell. */
export function ActiveChoice({ form }: ActiveFieldProps) {
  const { field, fieldState } = useController({ control: form.control, name: 'Active' })
  const { value, ref, onChange, onBlur } = field
  return (
    <Radio.Group
      id="field-Active"
      label="Active"
      description={`Hookdesk cannot read whether this webhook is on. ${WHILE_OFF}`}
      error={fieldState.error?.message}
      value={String(value)}
      onChange={(choice) => onChange(CHOICES.find(({ word }) => word === choice)?.is ?? null)}
    >
      <Stack gap="xs" mt="xs">
        {CHOICES.map(({ word, is, label }) => (
          <Radio
            key={word}
            value={word}
            label={label}
            {...(is === null && { ref })}
            onBlur={onBlur}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
