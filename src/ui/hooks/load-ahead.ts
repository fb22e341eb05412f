import { useEffect } from 'react'

const MOVES = ['pointermove', 'keydown'] as const

/**
 * Fetches parts once somebody moves, so that opening them does not wait, and the page they are on
 * does not either. `load` is the same function at every render.
 */
export function useLoadAhead(load: () => readonly Promise<unknown>[]) {
  useEffect(() => {
    const fetchParts = () => {
      // without a network whoever opens one asks again, and is told
      if (!navigator.onLine) return
      for (const part of load()) part.catch(() => {})
    }
    for (const move of MOVES) document.addEventListener(move, fetchParts, { once: true })
    return () => {
      for (const move of MOVES) document.removeEventListener(move, fetchParts)
    }
  }, [load])
}
