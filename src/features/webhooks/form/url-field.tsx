import { useState } from 'react'
import { useController } from 'react-hook-form'

import { trimAddress } from '#contract/address/address-text.ts'
import { UrlInput } from '#ui/controls/url-input.tsx'
import { afterPress } from '#ui/hooks/press.ts'

import classes from './url-field.module.css'
import { UrlNotes } from './url-notes.tsx'
import type { WebhookForm } from './webhook-form.tsx'

type UrlFieldProps = {
  form: WebhookForm
  id: number | undefined
}

/**
 * The field for the URL. The text is kept byte for byte, except for invisible characters around it.
 */
export function UrlField({ form, id }: UrlFieldProps) {
  const { field, fieldState } = useController({ control: form.control, name: 'URL' })
  const [BusinessId, Action] = form.watch(['BusinessId', 'Action'])
  const [removed, setRemoved] = useState<string | null>(null)

  function blur() {
    const trimmed = trimAddress(field.value)
    const isTrimmed = trimmed !== field.value
    if (isTrimmed) form.setValue('URL', trimmed, { shouldDirty: true })
    field.onBlur()
    afterPress(() => {
      setRemoved(removedFrom(field.value, trimmed))
      if (trimmed) void form.trigger('URL')
    })
  }

  return (
    <div>
      <UrlInput
        {...field}
        id="field-URL"
        onBlur={blur}
        description="Where Nexudus sends the data. Get it from the provider of the receiving system."
        required
        error={fieldState.error?.message}
      />
      {removed && <p className={classes.note}>Hookdesk removed {removed} around it.</p>}
      <UrlNotes
        values={{ BusinessId, Action, URL: field.value }}
        id={id}
        storedUrl={form.formState.defaultValues?.URL ?? ''}
      />
    </div>
  )
}

/** Names the characters removed around a URL; `null` if there were none. */
function removedFrom(text: string, trimmed: string): string | null {
  if (text === trimmed) return null
  return text.trim() === trimmed ? 'spaces' : 'invisible characters'
}
