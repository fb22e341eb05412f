import { useDesk } from '#features/session/use-desk.ts'
import { useBarred } from '#fleet/missing-rights.tsx'

import type { CoverageLocation } from './coverage.ts'

/** Says why webhooks cannot be created at a location, if they cannot. */
export function useBarredAt() {
  const { session } = useDesk()
  const barred = useBarred('WebHook-Create')
  return ({ id, kind }: CoverageLocation): string | undefined => {
    if (barred) return barred
    if (session.locations?.includes(id) === false) return 'Not one of your locations'
    return kind === 'unknown' ? 'You cannot read this location' : undefined
  }
}
