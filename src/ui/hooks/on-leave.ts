import { useEffect, useEffectEvent } from 'react'

/** Does what is to be done when this goes away. */
export function useOnLeave(act: () => void) {
  const leave = useEffectEvent(act)
  useEffect(() => () => leave(), [])
}
