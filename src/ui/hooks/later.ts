import { startTransition, useEffect, useState } from 'react'

/**
 * The value, a frame after it was given: what is heavy to draw follows what the press itself
 * changed, and is itself put off by the next press. `useDeferredValue` does not promise that a
 * picture comes in between; measured, the two often shared a frame.
 */
export function useLater<Value>(value: Value, first = value): Value {
  const [shown, setShown] = useState(first)
  useEffect(() => {
    if (Object.is(shown, value)) return undefined
    return afterPaint(() => startTransition(() => setShown(value)))
  }, [shown, value])
  return shown
}

/** Runs `act` once the next frame is painted; the answer calls it off. */
function afterPaint(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(act)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
