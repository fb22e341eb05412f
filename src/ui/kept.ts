import { useEffect, useRef } from 'react'

import { onForget } from './entry-state.ts'

/** What a browser without storage, or with a full one, does without. */
export function tryStorage<Result>(act: (storage: Storage) => Result): Result | undefined {
  try {
    return act(sessionStorage)
  } catch {
    return undefined
  }
}

export const dropKept = (name: string) => tryStorage((storage) => storage.removeItem(name))

/**
 * Keeps what is typed on a page over a reload of it: written when the page goes, and not at every
 * key, for it may be long. Who leaves by a way of the app finds it in memory, and nothing older here.
 */
export function useKeptOverReload(name: string, textOf: () => string | null) {
  const latest = useRef(textOf)
  useEffect(() => {
    latest.current = textOf
  })
  useEffect(() => {
    const keep = () => {
      const text = latest.current()
      if (text === null) dropKept(name)
      else tryStorage((storage) => storage.setItem(name, text))
    }
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      dropKept(name)
    }
  }, [name])
}

/** Answers the name, whose text is forgotten with the person. */
export function keptName(name: string): string {
  onForget(() => dropKept(name))
  return name
}

/** Said where a form has found what was typed into it. */
export const KEPT =
  'The page was loaded again. What you had typed is here, but for an address with a key.'
