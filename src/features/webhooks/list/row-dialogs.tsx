import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Suspense } from 'react'

import { useMay } from '#features/session/use-desk.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { lazyPart } from '#ui/feedback/load-part.ts'

import type { Switching } from './use-switching.ts'

const DeleteDialog = lazyPart(() => import('#features/webhooks/dialogs.tsx'), 'DeleteDialog')
const ResumeDialog = lazyPart(() => import('#features/webhooks/dialogs.tsx'), 'ResumeDialog')

const PauseUntil = lazyPart(() => import('#features/pauses/pause-until.tsx'), 'PauseUntil')

type RowDialogsProps = {
  switching: Switching
  removing: FleetRow | null
  setRemoving: (row: FleetRow | null) => void
  /** The id of the webhook opened beside the list. */
  openId: number | undefined
  onRemoved: (row: FleetRow) => void
}

/** Dialogs before a webhook is resumed, paused for a while, or deleted. */
export function RowDialogs(props: RowDialogsProps) {
  const { switching, removing, setRemoving, openId, onRemoved } = props
  const mayEdit = useMay('WebHook-Edit')
  const navigate = useNavigate()
  const queryClient = useQueryClient()

  function finishRemoval(row: FleetRow) {
    const next = nextRowId(row.webhook.Id)
    onRemoved(row)
    setRemoving(null)
    focusRow(next)
    void queryClient.invalidateQueries({ queryKey: webhookQueries.fleet().queryKey })
    if (openId === row.webhook.Id) {
      void navigate({ ...paths.webhooks(), search: (search) => search, ignoreBlocker: true })
    }
  }

  return (
    <Suspense>
      {switching.asking && (
        <ResumeDialog
          row={switching.asking}
          onConfirm={() => switching.resume(switching.asking)}
          onCancel={switching.cancel}
        />
      )}
      {switching.untilWhen && (
        <PauseUntil
          what={`“${switching.untilWhen.webhook.Name}”`}
          ids={[switching.untilWhen.webhook.Id]}
          confirmLabel="Pause"
          onNoted={() => switching.untilWhen && switching.pauseNoted(switching.untilWhen)}
          onCancel={() => switching.askUntil(null)}
        />
      )}
      {removing && (
        <DeleteDialog
          row={removing}
          onPause={(row) => {
            setRemoving(null)
            switching.ask(row, false)
          }}
          canPause={removing.webhook.Active === true && mayEdit}
          onClose={() => setRemoving(null)}
          onRemoved={() => finishRemoval(removing)}
        />
      )}
    </Suspense>
  )
}

/** The row below a webhook's, or above it if it is the last. */
function nextRowId(id: number): string | undefined {
  const row = document.querySelector<HTMLElement>(`tr[data-id="${id}"]`)
  const next = row?.nextElementSibling ?? row?.previousElementSibling
  return next instanceof HTMLElement ? next.dataset.id : undefined
}

/** Moves the focus once the list is drawn without the removed webhook. */
function focusRow(id: string | undefined) {
  requestAnimationFrame(() => {
    const link = document.querySelector<HTMLElement>(`tr[data-id="${id}"] a`)
    const target = link ?? document.getElementById('webhooks-title')
    target?.focus()
  })
}
