import { useListener } from './effects.ts'

/**
 * Fetches parts once somebody moves, so that opening them does not wait, and the page they are on
 * does not either.
 */
export function useLoadAhead(load: () => readonly Promise<unknown>[]) {
  function fetchParts() {
    // without a network whoever opens one asks again, and is told
    if (!navigator.onLine) return
    for (const part of load()) part.catch(() => {})
  }
  useListener('pointermove', fetchParts, { once: true })
  useListener('keydown', fetchParts, { once: true })
}
