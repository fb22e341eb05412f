import { Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'

import { findAction } from '#contract/actions/actions.ts'
import { trimAddress } from '#contract/address/address-text.ts'
import { parseAddress } from '#contract/address/address.ts'
import { isDuplicate } from '#contract/nexudus/duplicate.ts'
import type { WebhookFields } from '#contract/nexudus/webhook.ts'
import { useMay } from '#features/session/use-desk.ts'
import { AddressFindings, Finding } from '#fleet/address-findings.tsx'
import { locationNameOf } from '#fleet/fleet.ts'
import { useFleet } from '#fleet/use-fleet.ts'
import { paths } from '#paths'
import { offOrUnread } from '#texts/pause-words.ts'

import { CheckStart } from './check-start.tsx'

type UrlNotesProps = {
  /** The values as they are now, saved or not. */
  values: Pick<WebhookFields, 'BusinessId' | 'Action' | 'URL'>
  /** The webhook, if it is an existing one. */
  id: number | undefined
  /** The URL that it has in Nexudus. */
  storedUrl: string
}

/** Remarks about a webhook's URL, and the check of it, for those who edit it and those who read. */
export function UrlNotes({ values, id, storedUrl }: UrlNotesProps) {
  return (
    <>
      <Findings values={values} id={id} />
      <Check values={values} id={id} storedUrl={storedUrl} />
    </>
  )
}

/** Warnings about the URL, and whether another webhook does the same already. */
function Findings({ values, id }: Omit<UrlNotesProps, 'storedUrl'>) {
  const { rows } = useFleet()
  const address = useDeferredValue(trimAddress(values.URL))
  const { BusinessId, Action } = values
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
function Check({ values, id, storedUrl }: UrlNotesProps) {
  const { locations } = useFleet()
  const mayEdit = useMay('WebHook-Edit')
  const mayCreate = useMay('WebHook-Create')
  const url = trimAddress(values.URL)
  if (!parseAddress(url)) return null
  const { BusinessId, Action } = values
  const isStored = url === trimAddress(storedUrl)
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
