import { dropKept, keep } from './kept.ts'
import { useListener, useOnLeave } from './effects.ts'

/**
 * Keeps text typed on a page over a reload. It writes when the page goes away and not at every key,
 * because the text may be long. After leaving by a link of the app, the text is in memory, and
 * nothing older is kept here.
 */
export function useKeptOverReload(name: string, textOf: () => string | null) {
  useListener('pagehide', () => {
    const text = textOf()
    if (text === null) dropKept(name)
    else keep(name, text)
  })
  useOnLeave(() => dropKept(name))
}
