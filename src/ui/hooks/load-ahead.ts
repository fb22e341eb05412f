import { useListener } from './effects.ts'

/**
 * Fetches parts once the person moves, so that neither opening them nor the first page has to wait.
 */
export function useLoadAhead(load: () => readonly Promise<unknown>[]) {
  function fetchParts() {
    // offline, the person gets an error when they open the part
    if (!navigator.onLine) return
    for (const part of load()) part.catch(() => {})
  }
  useListener('pointermove', fetchParts, { once: true })
  useListener('keydown', fetchParts, { once: true })
}
