import { useEffect, useEffectEvent } from 'react'

type Options = { capture?: boolean; once?: boolean; passive?: boolean }

/** Hears an event of the window, or one that comes up to it, as long as this is shown. */
export function useListener<Type extends keyof WindowEventMap>(
  type: Type,
  act: (event: WindowEventMap[Type]) => void,
  { capture = false, once = false, passive = false }: Options = {},
) {
  const hear = useEffectEvent(act)
  useEffect(() => {
    window.addEventListener(type, hear, { capture, once, passive })
    return () => window.removeEventListener(type, hear, { capture })
  }, [type, capture, once, passive])
}
