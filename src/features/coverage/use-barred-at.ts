import { useDesk } from '#features/session/use-desk.ts'
import { useBarred } from '#fleet/needs-role.tsx'

import type { CoverageLocation } from './coverage.ts'

/** Says why nothing can be made at a location, if that is so. */
export function useBarredAt() {
  const { session } = useDesk()
  const barred = useBarred('WebHook-Create')
  return ({ id, kind }: CoverageLocation): string | undefined => {
    if (barred) return barred
    if (session.locations?.includes(id) === false) return 'Not one of your locations'
    return kind === 'unknown' ? 'You cannot read this location' : undefined
  }
}
