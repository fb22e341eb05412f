import { useSyncExternalStore } from 'react'

const TICK_MS = 15_000

let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function tick() {
  now = Date.now()
  for (const listener of listeners) listener()
}

function start() {
  timer ??= document.hidden ? undefined : setInterval(tick, TICK_MS)
}

function stop() {
  clearInterval(timer)
  timer = undefined
}

function followVisibility() {
  if (document.hidden) return stop()
  tick()
  return start()
}

/** One clock for every relative time on the page; it stands still while nobody looks. */
function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    now = Date.now()
    start()
    document.addEventListener('visibilitychange', followVisibility)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    stop()
    document.removeEventListener('visibilitychange', followVisibility)
  }
}

/** The present, to the quarter of a minute. */
export const useNow = () => useSyncExternalStore(subscribe, () => now)
