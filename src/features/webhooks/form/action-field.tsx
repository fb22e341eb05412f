import { Suspense } from 'react'
import { useController } from 'react-hook-form'

import { findActionDetails } from '#contract/actions/action-details.ts'
import { actionApiName, findAction } from '#contract/actions/actions.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { ActionPicker } from '#pickers/action-picker.tsx'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { lazyPart } from '#ui/feedback/load-part.ts'

import classes from './payload-sample.module.css'
import type { WebhookForm } from './webhook-form.tsx'

type ActionFieldProps = {
  form: WebhookForm
  rows: readonly FleetRow[]
  isReadOnly: boolean
  onChosen: () => void
}

const PayloadSample = lazyPart(() => import('./payload-sample.tsx'), 'PayloadSample')

/** The field for the action, with a sample of what it sends. */
export function ActionField({ form, rows, isReadOnly, onChosen }: ActionFieldProps) {
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
        description={describe(field.value)}
        required
        readOnly={isReadOnly}
        error={fieldState.error?.message}
        value={field.value}
        used={used}
        onChange={(action) => {
          field.onChange(action)
          onChosen()
        }}
        onBlur={field.onBlur}
      />
      {findAction(field.value)?.group && <Sample action={field.value} />}
    </div>
  )
}

/** Loaded on demand: it is the largest part of the form, and the least used. */
function Sample({ action }: { action: number }) {
  return (
    <Disclosure summary="Data it sends" className={classes.details}>
      {() => (
        <Suspense fallback={<p>Loading …</p>}>
          <PayloadSample action={action} />
        </Suspense>
      )}
    </Disclosure>
  )
}

/** Says when the action fires only if that is known: a wrong sentence is worse than none. */
function describe(number: number): string {
  if (!number) return 'When should it fire?'
  if (number === UNREAD_ACTION) {
    return 'Hookdesk cannot read the action of this webhook. It stays as it is until you choose one.'
  }
  if (!findAction(number)) return 'Hookdesk does not know this action. It stays as it is.'
  const fires = findActionDetails(number)?.fires ?? 'Nexudus does not document the exact moment.'
  return `${actionApiName(number)}. ${fires}`
}
