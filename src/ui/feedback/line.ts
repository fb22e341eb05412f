import { useSyncExternalStore } from 'react'

/**
 * How the page stands to its server. `unreachable` and `updated` come to light where a part of the
 * page is fetched: nobody answers, or what answers no longer has the parts of this page.
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
