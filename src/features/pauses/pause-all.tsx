import { IconClockPause } from '@tabler/icons-react'
import { Suspense, useState } from 'react'

import { plural } from '#contract/words/plural.ts'
import { switchRun, useProposeRun } from '#features/runs/propose.ts'
import { useDesk, useMay } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { LongButton } from '#ui/controls/long-button.tsx'
import { lazyPart } from '#ui/feedback/load-part.ts'

const PauseUntil = lazyPart(() => import('./pause-until.tsx'), 'PauseUntil')

type PauseAllProps = {
  /** “to hooks.example.com”, “at Soho”. */
  where: string
  rows: readonly FleetRow[]
}

/** Pauses all webhooks of a destination or a location that are on, until a time or every week. */
export function PauseAll({ where, rows }: PauseAllProps) {
  const mayEdit = useMay('WebHook-Edit')
  const { watches } = useDesk()
  const [isAsking, setIsAsking] = useState(false)
  const propose = useProposeRun(where)
  const ids = rows.filter(({ webhook }) => webhook.Active).map(({ webhook }) => webhook.Id)
  if (!watches || !mayEdit || ids.length === 0) return null
  const what = `${plural(ids.length, 'webhook')} ${where}`
  return (
    <div>
      <LongButton
        size="compact-sm"
        variant="default"
        leftSection={<IconClockPause size={16} aria-hidden />}
        loading={propose.isPending}
        onClick={() => setIsAsking(true)}
      >
        {`Pause all ${where} until…`}
      </LongButton>
      {propose.error && <span role="alert">{explainFailure(propose.error)}</span>}
      {isAsking && (
        <Suspense>
          <PauseUntil
            what={what}
            ids={ids}
            confirmLabel="Start dry run"
            onNoted={() => {
              setIsAsking(false)
              propose.mutate(switchRun(ids, false))
            }}
            onCancel={() => setIsAsking(false)}
          />
        </Suspense>
      )}
    </div>
  )
}
