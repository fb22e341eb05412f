import { EDITABLE_FIELDS, type EditableField } from '#contract/nexudus/webhook.ts'
import { ErrorSummary, type FormError } from '#ui/feedback/error-summary.tsx'

import type { WebhookForm } from './webhook-form.tsx'

export const FIELD_LABELS: { readonly [Field in EditableField]: string } = {
  BusinessId: 'Location',
  Action: 'Action',
  URL: 'URL',
  Name: 'Name',
  Description: 'Description',
  Active: 'Active',
}

/** Lists the problems to fix before the form can be saved. */
export function FormProblems({ form, tries }: { form: WebhookForm; tries: number }) {
  const { errors } = form.formState
  const ofFields = EDITABLE_FIELDS.flatMap((field): FormError[] => {
    const { message, type } = errors[field] ?? {}
    if (!message) return []
    const focus = () => form.setFocus(field)
    // Nexudus' messages name their field themselves
    const text = type === 'server' ? message : `${FIELD_LABELS[field]}: ${message}`
    return [{ text, field: { id: `field-${field}`, focus } }]
  })
  const elsewhere = errors.root?.server?.message?.split('\n') ?? []
  return (
    <ErrorSummary errors={[...ofFields, ...elsewhere.map((text) => ({ text }))]} tries={tries} />
  )
}
