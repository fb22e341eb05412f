import { TextInput } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState, type FocusEvent } from 'react'
import { useController } from 'react-hook-form'

import { findAction } from '#contract/actions.ts'
import { addressFindings, type AddressFinding } from '#contract/address-findings.ts'
import { hidePath, hostOf, parseAddress } from '#contract/address.ts'
import { useDesk, useMissing } from '#features/session/use-desk.ts'
import { locationNameOf, type FleetRow } from '#fleet/fleet.ts'
import { useFleet } from '#fleet/use-fleet.ts'
import { paths } from '#paths'

import { CheckStart } from './check-start.tsx'
import classes from './url-field.module.css'
import type { WebhookForm } from './webhook-form.tsx'

type UrlFieldProps = {
  form: WebhookForm
  rows: readonly FleetRow[]
  id: number | undefined
  isReadOnly: boolean
}

/** Where it sends to. What is typed is kept byte for byte, but for spaces around it. */
export function UrlField({ form, rows, id, isReadOnly }: UrlFieldProps) {
  const { field, fieldState } = useController({ control: form.control, name: 'URL' })
  const mayEdit = useMissing('WebHook-Edit') === undefined
  const [isTrimmed, setIsTrimmed] = useState(false)

  function blur(event: FocusEvent<HTMLInputElement>) {
    const isSaving =
      event.relatedTarget instanceof HTMLButtonElement && event.relatedTarget.type === 'submit'
    const trimmed = field.value.trim()
    setIsTrimmed(trimmed !== field.value)
    if (trimmed !== field.value) form.setValue('URL', trimmed, { shouldDirty: true })
    // Save checks it as well; a complaint in between would move the button from under the pointer
    if (trimmed && !isSaving) void form.trigger('URL')
    field.onBlur()
  }

  return (
    <div>
      <TextInput
        {...field}
        id="field-URL"
        // who may not change it need not read the keys in it
        value={isReadOnly && !mayEdit ? hidePath(field.value) : field.value}
        onBlur={blur}
        label="URL"
        description="The address that will receive the data. Ask the provider of the other system for it."
        placeholder="https://"
        type="url"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        dir="ltr"
        required
        readOnly={isReadOnly}
        error={fieldState.error?.message}
      />
      {isTrimmed && <p className={classes.note}>We removed the spaces around it.</p>}
      <Findings form={form} rows={rows} id={id} url={field.value} />
      <Check form={form} id={id} url={field.value.trim()} />
    </div>
  )
}

type FindingsProps = Omit<UrlFieldProps, 'isReadOnly'> & { url: string }

/** What can be said of the address without calling it. Never in the way of saving. */
function Findings({ form, rows, id, url }: FindingsProps) {
  const { exceptions, allowPrivateTargets } = useDesk()
  const address = useDeferredValue(url.trim())
  const [BusinessId, Action] = form.watch(['BusinessId', 'Action'])
  if (!parseAddress(address)) return null

  const findings = addressFindings(address, { exceptions, allowPrivateTargets })
  const others = rows.filter(({ webhook }) => webhook.Id !== id)
  const twin = others.find(
    ({ webhook }) =>
      webhook.BusinessId === BusinessId && webhook.Action === Action && webhook.URL === address,
  )
  const host = hostOf(address)
  const stopped = others.filter((row) => row.host === host && row.health === 'stopped').length

  return (
    <ul className={classes.findings} aria-label="About this address">
      {findings
        .filter(({ level }) => level !== 'block')
        .map(({ level, text }) => (
          <Finding key={text} level={level}>
            {text}
          </Finding>
        ))}
      {twin && (
        <Finding level="warn">
          <Link
            to={paths.webhook}
            params={{ id: String(twin.webhook.Id) }}
            search={(search) => search}
          >
            “{twin.webhook.Name}”
          </Link>{' '}
          {twin.webhook.Active
            ? 'already does this. Both would fire, so events would arrive twice.'
            : 'does the same, and is switched off. With both on, events would arrive twice.'}
        </Finding>
      )}
      {stopped > 0 && (
        <Finding level="warn">
          {stopped === 1
            ? '1 webhook to this host is stopped.'
            : `${stopped} webhooks to this host are stopped.`}{' '}
          Check the address first.
        </Finding>
      )}
    </ul>
  )
}

/** Keyed by the address: a result stays as long as the address it is of. */
function Check({ form, id, url }: { form: WebhookForm; id: number | undefined; url: string }) {
  const { locations } = useFleet()
  const mayEdit = useMissing('WebHook-Edit') === undefined
  const mayCreate = useMissing('WebHook-Create') === undefined
  const [BusinessId, Action] = form.watch(['BusinessId', 'Action'])
  if (!parseAddress(url)) return null
  const isStored = url === form.formState.defaultValues?.URL?.trim()
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

type FindingProps = { level: AddressFinding['level']; children: React.ReactNode }

function Finding({ level, children }: FindingProps) {
  const Icon = level === 'inform' ? IconInfoCircle : IconAlertTriangle
  return (
    <li className={classes.finding} data-level={level}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <span>{children}</span>
    </li>
  )
}
