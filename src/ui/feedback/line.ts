import { useSyncExternalStore } from 'react'

/**
 * The state of the page's connection to its server. The page finds `unreachable` and `updated` when
 * it fetches a part of itself: the server does not answer, or no longer has the parts of this page.
 */
export type Line = 'fine' | 'offline' | 'unreachable' | 'updated'

let found: Exclude<Line, 'offline'> = 'fine'
const listeners = new Set<() => void>()

const lineNow = (): Line => (navigator.onLine ? found : 'offline')

function tell() {
  for (const listener of listeners) listener()
}

export function reportLine(line: typeof found) {
  found = line
  tell()
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    for (const turn of ['online', 'offline']) window.addEventListener(turn, tell)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    for (const turn of ['online', 'offline']) window.removeEventListener(turn, tell)
  }
}

export const useLine = () => useSyncExternalStore(subscribe, lineNow)
