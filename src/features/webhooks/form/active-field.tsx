import { Checkbox } from '@mantine/core'
import { Suspense } from 'react'
import { useController } from 'react-hook-form'

import { EVENTS_WHILE_OFF } from '#texts/pause-words.ts'
import { lazyPart } from '#ui/feedback/load-part.ts'

import type { WebhookForm } from './webhook-form.tsx'

export type ActiveFieldProps = { form: WebhookForm }

export const WHILE_OFF = `Off: nothing is sent. ${EVENTS_WHILE_OFF}`

// few records need it
const ActiveChoice = lazyPart(() => import('./active-choice.tsx'), 'ActiveChoice')

/** On or off; if the record does not tell, a third choice comes first, to leave it as it is. */
export function ActiveField({ form }: ActiveFieldProps) {
  const { field, fieldState, formState } = useController({ control: form.control, name: 'Active' })
  if (formState.defaultValues?.Active === null) {
    return (
      <Suspense>
        <ActiveChoice form={form} />
      </Suspense>
    )
  }
  return (
    <Checkbox
      ref={field.ref}
      id="field-Active"
      label="Active"
      description={WHILE_OFF}
      checked={field.value === true}
      error={fieldState.error?.message}
      onChange={field.onChange}
      onBlur={field.onBlur}
    />
  )
}
