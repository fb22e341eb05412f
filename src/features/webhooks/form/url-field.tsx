import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useController } from 'react-hook-form'

import { findAction } from '#contract/actions/actions.ts'
import { trimAddress } from '#contract/address/address-text.ts'
import { hidePath, parseAddress } from '#contract/address/address.ts'
import { isDuplicate } from '#contract/nexudus/duplicate.ts'
import { useMay } from '#features/session/use-desk.ts'
import { AddressFindings, Finding } from '#fleet/address-findings.tsx'
import { locationNameOf, type FleetRow } from '#fleet/fleet.ts'
import { useFleet } from '#fleet/use-fleet.ts'
import { paths } from '#paths'
import { offOrUnread } from '#texts/pause-words.ts'
import { UrlInput } from '#ui/controls/url-input.tsx'
import { afterPress } from '#ui/hooks/press.ts'

import { CheckStart } from './check-start.tsx'
import classes from './url-field.module.css'
import type { WebhookForm } from './webhook-form.tsx'

type UrlFieldProps = {
  form: WebhookForm
  rows: readonly FleetRow[]
  id: number | undefined
  isReadOnly: boolean
}

/**
 * The field for the URL. The text is kept byte for byte, except for invisible characters around it.
 */
export function UrlField({ form, rows, id, isReadOnly }: UrlFieldProps) {
  const { field, fieldState } = useController({ control: form.control, name: 'URL' })
  const mayEdit = useMay('WebHook-Edit')
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
        // a person who may not edit it does not need to see the keys in it
        value={isReadOnly && !mayEdit ? hidePath(field.value) : field.value}
        onBlur={blur}
        description="Where Nexudus sends the data. Get it from the provider of the receiving system."
        required
        readOnly={isReadOnly}
        error={fieldState.error?.message}
      />
      {removed && <p className={classes.note}>Hookdesk removed {removed} around it.</p>}
      <Findings form={form} rows={rows} id={id} url={field.value} />
      <Check form={form} id={id} url={trimAddress(field.value)} />
    </div>
  )
}

/** Names the characters removed around a URL; `null` if there were none. */
function removedFrom(text: string, trimmed: string): string | null {
  if (text === trimmed) return null
  return text.trim() === trimmed ? 'spaces' : 'invisible characters'
}

type FindingsProps = Omit<UrlFieldProps, 'isReadOnly'> & { url: string }

/** Warnings about the URL, and whether another webhook does the same already. */
function Findings({ form, rows, id, url }: FindingsProps) {
  const address = useDeferredValue(trimAddress(url))
  const [BusinessId, Action] = form.watch(['BusinessId', 'Action'])
  const others = rows.filter(({ webhook }) => webhook.Id !== id)
  const duplicate =
    BusinessId !== null && Action !== null
      ? others.find(({ webhook }) => isDuplicate(webhook, { BusinessId, Action, URL: address }))
      : undefined
  return (
    <AddressFindings address={address} rows={others}>
      {duplicate && (
        <Finding level="warn">
          <Link {...paths.webhook(duplicate.webhook.Id)} search={(search) => search}>
            “{duplicate.webhook.Name}”
          </Link>{' '}
          {duplicate.webhook.Active
            ? 'is a duplicate: same location, action and URL. With both on, events would arrive twice.'
            : `is a duplicate, but ${offOrUnread(duplicate.webhook.Active)}. With both on, events would arrive twice.`}
        </Finding>
      )}
    </AddressFindings>
  )
}

/** Keyed by the URL: a result stays as long as its URL does. */
function Check({ form, id, url }: { form: WebhookForm; id: number | undefined; url: string }) {
  const { locations } = useFleet()
  const mayEdit = useMay('WebHook-Edit')
  const mayCreate = useMay('WebHook-Create')
  const [BusinessId, Action] = form.watch(['BusinessId', 'Action'])
  if (!parseAddress(url)) return null
  const isStored = url === trimAddress(form.formState.defaultValues?.URL ?? '')
  const locationName = locationNameOf(locations, BusinessId)
  return (
    <CheckStart
      key={url}
      address={url}
      storedId={isStored ? id : undefined}
      sample={
        findAction(Action)?.group
          ? { action: Action, businessId: BusinessId, locationName }
          : undefined
      }
      mayCheckTyped={mayEdit || mayCreate}
    />
  )
}
