import { useController } from 'react-hook-form'

import type { FleetRow } from '#fleet/fleet.ts'
import { ActionPicker } from '#pickers/action-picker.tsx'

import { ActionSample, describeAction } from './action-notes.tsx'
import type { WebhookForm } from './webhook-form.tsx'

type ActionFieldProps = {
  form: WebhookForm
  rows: readonly FleetRow[]
  onChosen: () => void
}

/** The field for the action, with a sample of what it sends. */
export function ActionField({ form, rows, onChosen }: ActionFieldProps) {
  const { field, fieldState } = useController({ control: form.control, name: 'Action' })
  const businessId = form.watch('BusinessId')
  const used = rows
    .filter(({ webhook }) => webhook.BusinessId === businessId)
    .map(({ webhook }) => webhook.Action)

  return (
    <div>
      <ActionPicker
        ref={field.ref}
        id="field-Action"
        description={describeAction(field.value)}
        required
        error={fieldState.error?.message}
        value={field.value}
        used={used}
        onChange={(action) => {
          field.onChange(action)
          onChosen()
        }}
        onBlur={field.onBlur}
      />
      <ActionSample action={field.value} />
    </div>
  )
}
