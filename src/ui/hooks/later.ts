import { startTransition, useEffect, useState } from 'react'

/**
 * The value, one frame late: the press itself is drawn first, then the heavy part, which the next
 * press puts off. `useDeferredValue` does not promise a frame in between; measured, the two often
 * shared one.
 */
export function useLater<Value>(value: Value, first = value): Value {
  const [shown, setShown] = useState(first)
  useEffect(() => {
    if (Object.is(shown, value)) return undefined
    return afterPaint(() => startTransition(() => setShown(value)))
  }, [shown, value])
  return shown
}

/** Runs `act` once the next frame is painted; the returned function cancels it. */
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
