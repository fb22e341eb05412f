import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

import type { FleetRow } from '#fleet/fleet.ts'
import { useBarred } from '#fleet/missing-rights.tsx'
import { paths } from '#paths'

import type { Switching } from './use-switching.ts'

/** Opens a webhook beside the list, and performs the acts of its row's menu. */
export function useRowActs(switching: Switching, remove: (row: FleetRow) => void) {
  const navigate = useNavigate()
  const addressOf = useAddressOf()
  // the same function at every render: every row of the table holds it
  const open = useCallback(
    ({ webhook }: FleetRow) =>
      void navigate({
        ...paths.webhook(webhook.Id),
        search: (search) => search,
        resetScroll: false,
      }),
    [navigate],
  )

  return {
    edit: open,
    duplicate: ({ webhook }: FleetRow) =>
      void navigate({
        ...paths.newWebhook(),
        search: (search) => ({ ...search, copy: String(webhook.Id) }),
      }),
    copyTo: ({ webhook }: FleetRow) =>
      void navigate({ ...paths.fanOut(), search: { copy: String(webhook.Id) } }),
    copyId: switching.copyId,
    setActive: switching.ask,
    pauseUntil: switching.askUntil,
    remove,
    addressOf,
    cannotEdit: useBarred('WebHook-Edit'),
    cannotCreate: useBarred('WebHook-Create'),
    cannotDelete: useBarred('WebHook-Delete'),
  }
}

/** Addresses of a row's acts, to open in another tab or to pass on. */
function useAddressOf() {
  const { buildLocation } = useRouter()
  const search = useSearch({ strict: false })
  return ({ webhook }: FleetRow) => {
    const copy = String(webhook.Id)
    return {
      edit: buildLocation({ ...paths.webhook(webhook.Id), search }).href,
      duplicate: buildLocation({ ...paths.newWebhook(), search: { ...search, copy } }).href,
      copyTo: buildLocation({ ...paths.fanOut(), search: { copy } }).href,
    }
  }
}
