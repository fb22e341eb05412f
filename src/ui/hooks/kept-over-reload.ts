import { dropKept, keep } from './kept.ts'
import { useListener, useOnLeave } from './effects.ts'

/**
 * Keeps what is typed on a page over a reload of it: written when the page goes, and not at every
 * key, for it may be long. Who leaves by a way of the app finds it in memory, and nothing older here.
 */
export function useKeptOverReload(name: string, textOf: () => string | null) {
  useListener('pagehide', () => {
    const text = textOf()
    if (text === null) dropKept(name)
    else keep(name, text)
  })
  useOnLeave(() => dropKept(name))
}
