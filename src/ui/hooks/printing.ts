import { useSyncExternalStore } from 'react'

let isAsked = false

function subscribe(tell: () => void) {
  const paper = window.matchMedia('print')
  const ended = new AbortController()
  const { signal } = ended
  const set = (value: boolean) => () => {
    isAsked = value
    tell()
  }
  window.addEventListener('beforeprint', set(true), { signal })
  window.addEventListener('afterprint', set(false), { signal })
  paper.addEventListener('change', tell, { signal })
  return () => ended.abort()
}

/** True while the page is printed: on paper nothing scrolls and nothing can be opened. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(subscribe, () => isAsked || window.matchMedia('print').matches)
}
