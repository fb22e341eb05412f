import { useDesk, useMissing } from '#features/session/use-desk.ts'

import type { CoverageLocation } from './coverage.ts'

/** Says why nothing can be made at a location, if that is so. */
export function useBarredAt() {
  const { session } = useDesk()
  const missing = useMissing('WebHook-Create')
  return ({ id, kind }: CoverageLocation): string | undefined => {
    if (missing) return `You need the ${missing} role`
    if (session.locations?.includes(id) === false) return 'Not one of your locations'
    return kind === 'unknown' ? 'You cannot read this location' : undefined
  }
}
