import { useEffect, useEffectEvent } from 'react'

type Options = { capture?: boolean; once?: boolean }

/**
 * Listens to an event of the window, or one that bubbles up to it, while the component is mounted.
 */
export function useListener<Type extends keyof WindowEventMap>(
  type: Type,
  act: (event: WindowEventMap[Type]) => void,
  { capture = false, once = false }: Options = {},
) {
  const hear = useEffectEvent(act)
  useEffect(() => {
    window.addEventListener(type, hear, { capture, once })
    return () => window.removeEventListener(type, hear, { capture })
  }, [type, capture, once])
}

/** Runs `act` when the component is unmounted. */
export function useOnLeave(act: () => void) {
  const leave = useEffectEvent(act)
  useEffect(() => () => leave(), [])
}

/** Runs `act` again and again, this many milliseconds apart; never while that is `null`. */
export function useTick(everyMs: number | null, act: () => void) {
  const tick = useEffectEvent(act)
  useEffect(() => {
    if (everyMs === null) return undefined
    const timer = setInterval(() => tick(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
}
