import { Suspense, useMemo, type ReactNode } from 'react'

import { lazyPart } from '#ui/feedback/load-part.ts'
import { TimeElsewhere } from '#ui/feedback/time-ago.tsx'

const LocationTime = lazyPart(() => import('./location-time.tsx'), 'LocationTime')

type AtLocationProps = { id: number; children: ReactNode }

/** Around what happened at a location: exact times say the time of day there, too. */
export function AtLocation({ id, children }: AtLocationProps) {
  const timeThere = useMemo(
    () => (at: number) => (
      <Suspense>
        <LocationTime at={at} locationId={id} />
      </Suspense>
    ),
    [id],
  )
  return <TimeElsewhere value={timeThere}>{children}</TimeElsewhere>
}
