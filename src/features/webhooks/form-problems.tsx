import { Alert } from '@mantine/core'
import { useEffect, useRef } from 'react'

import { EDITABLE_FIELDS, type EditableField } from '#contract/webhook.ts'

import classes from './form-problems.module.css'
import type { WebhookForm } from './webhook-form.tsx'

export const FIELD_LABELS: { readonly [Field in EditableField]: string } = {
  BusinessId: 'Location',
  Action: 'Action',
  URL: 'URL',
  Name: 'Name',
  Description: 'Description',
  Active: 'Active',
}

/** What stands in the way of saving, each line leading to its field. Takes the focus after each try. */
export function FormProblems({ form, tries }: { form: WebhookForm; tries: number }) {
  const { errors } = form.formState
  const box = useRef<HTMLDivElement>(null)
  const fields = EDITABLE_FIELDS.filter((field) => errors[field]?.message)
  const elsewhere = errors.root?.server?.message?.split('\n') ?? []
  const count = fields.length + elsewhere.length

  useEffect(() => {
    if (tries > 0) box.current?.focus()
  }, [tries])

  // before the first try the field itself says it
  if (count === 0 || tries === 0) return null
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="group"
      color="red"
      variant="light"
      className={classes.box}
      title={count === 1 ? 'One thing stands in the way' : `${count} things stand in the way`}
    >
      <ul className={classes.list}>
        {fields.map((field) => (
          <li key={field}>
            <a
              href={`#field-${field}`}
              onClick={(event) => {
                event.preventDefault()
                form.setFocus(field)
              }}
            >
              {FIELD_LABELS[field]}: {errors[field]?.message}
            </a>
          </li>
        ))}
        {elsewhere.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </Alert>
  )
}
