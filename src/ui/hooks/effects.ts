import { useEffect, useEffectEvent } from 'react'

type Options = { capture?: boolean; once?: boolean }

/** Hears an event of the window, or one that comes up to it, as long as this is shown. */
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

/** Does what is to be done when this goes away. */
export function useOnLeave(act: () => void) {
  const leave = useEffectEvent(act)
  useEffect(() => () => leave(), [])
}
