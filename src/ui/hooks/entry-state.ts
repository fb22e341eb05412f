import { createContext, useContext, useEffect, useState } from 'react'

/** The key of the browser's history entry that is shown. */
export const EntryContext = createContext('')

const KEPT_AT_MOST = 50

const forgets = new Set<() => void>()

/**
 * Makes a `useState` whose value belongs to an entry of the browser's history: Back finds the page
 * as it was left. The values are only in memory, because a URL among them may hold a key, and only
 * the person who left the page may find it. `part` separates several states on one page.
 */
export function createEntryState<State>() {
  const kept = new Map<string, State>()
  forgets.add(() => kept.clear())

  return function useEntryState(initial: State, part = '') {
    const place = `${useContext(EntryContext)} ${part}`
    const result = useState(() => kept.get(place) ?? initial)
    const [state] = result

    useEffect(() => {
      // the latest is the last, and the first is the entry unused for longest
      kept.delete(place)
      if (state !== initial) kept.set(place, state)
      const [oldest] = kept.keys()
      if (kept.size > KEPT_AT_MOST && oldest !== undefined) kept.delete(oldest)
    }, [place, state, initial])

    return result
  }
}

/** Clears all states for the next person who signs in. */
export function forgetEntryStates() {
  for (const forget of forgets) forget()
}
