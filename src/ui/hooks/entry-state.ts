import { createContext, useContext, useEffect, useState } from 'react'

/** Which entry of the browser's history is shown. */
export const EntryContext = createContext('')

const KEPT_AT_MOST = 50

const forgets = new Set<() => void>()

/**
 * Makes a `useState` whose value belongs to an entry of the browser's history: Back finds the page
 * as it was left. It is in memory only, because an address may hold a key, and nobody finds it but
 * who left it. `part` tells apart what is on the same page.
 */
export function createEntryState<State>() {
  const kept = new Map<string, State>()
  forgets.add(() => kept.clear())

  return function useEntryState(initial: State, part = '') {
    const place = `${useContext(EntryContext)} ${part}`
    const result = useState(() => kept.get(place) ?? initial)
    const [state] = result

    useEffect(() => {
      // the latest is the last, and the first is the one that nobody has gone back to for longest
      kept.delete(place)
      if (state !== initial) kept.set(place, state)
      const [oldest] = kept.keys()
      if (kept.size > KEPT_AT_MOST && oldest !== undefined) kept.delete(oldest)
    }, [place, state, initial])

    return result
  }
}

/** For whoever signs in next. */
export function forgetEntryStates() {
  for (const forget of forgets) forget()
}
