import { Checkbox, Radio, Stack } from '@mantine/core'
import { useController } from 'react-hook-form'

import { EVENTS_WHILE_OFF } from '#texts/pause-words.ts'

import type { WebhookForm } from './webhook-form.tsx'

type ActiveFieldProps = { form: WebhookForm; isReadOnly: boolean }

const WHILE_OFF = `Off: nothing is sent. ${EVENTS_WHILE_OFF}`

/** On or off; if the record does not tell, a third choice comes first, to leave it as it is. */
export function ActiveField({ form, isReadOnly }: ActiveFieldProps) {
  const { field, fieldState, formState } = useController({ control: form.control, name: 'Active' })
  const { value, ref, onChange, onBlur } = field
  const error = fieldState.error?.message
  if (formState.defaultValues?.Active !== null) {
    return (
      <Checkbox
        ref={ref}
        id="field-Active"
        label="Active"
        description={WHILE_OFF}
        checked={value === true}
        disabled={isReadOnly}
        error={error}
        onChange={onChange}
        onBlur={onBlur}
      />
    )
  }
  return (
    <Radio.Group
      id="field-Active"
      label="Active"
      description={`Hookdesk cannot read whether this webhook is on. ${WHILE_OFF}`}
      error={error}
      value={String(value)}
      onChange={(choice) => onChange(CHOICES.find(({ word }) => word === choice)?.is ?? null)}
    >
      <Stack gap="xs" mt="xs">
        {CHOICES.map(({ word, is, label }) => (
          <Radio
            key={word}
            value={word}
            label={label}
            disabled={isReadOnly}
            {...(is === null && { ref })}
            onBlur={onBlur}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}

const CHOICES = [
  { word: 'null', is: null, label: 'Leave as it is' },
  { word: 'true', is: true, label: 'On' },
  { word: 'false', is: false, label: 'Off' },
] as const
