import { useSyncExternalStore } from 'react'

const TICK_MS = 15_000

// a difference of clocks too small to mislead people
const TOLERATED_MS = 60_000

let aheadMs = 0

/**
 * The present: by this computer's clock, or by the server's if this one is minutes or hours off.
 */
export const currentTime = () => Date.now() - aheadMs

/** Compares the clock with the time at the server. */
export function correctClock(serverAt: number) {
  const found = Date.now() - serverAt
  const next = Math.abs(found) < TOLERATED_MS ? 0 : found
  // answers take their time; only a real change counts
  if (Math.abs(next - aheadMs) < TOLERATED_MS) return
  aheadMs = next
  tick()
}

let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function tick() {
  now = currentTime()
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

/** One clock for every relative time on the page; it stops while the page is hidden. */
function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    now = currentTime()
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
