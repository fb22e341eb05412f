import { useLayoutEffect, useState, type RefObject } from 'react'

/**
 * Where the notices stand: at the bottom of the window, or at its top as long as they would lie on
 * a button that saves. They must not take the press that was meant for it.
 */
export function useNoticePlace(stack: RefObject<HTMLElement | null>, shown: number) {
  const [place, setPlace] = useState<'bottom' | 'top'>('bottom')

  useLayoutEffect(() => {
    if (shown === 0) return undefined
    const look = () => setPlace(stack.current && liesOnSave(stack.current) ? 'top' : 'bottom')
    look()
    const ended = new AbortController()
    const { signal } = ended
    document.addEventListener('scroll', look, { capture: true, passive: true, signal })
    window.addEventListener('resize', look, { signal })
    // what is under them may be laid out anew by the very act they tell of
    const changes = new ResizeObserver(look)
    changes.observe(document.body)
    changes.observe(stack.current ?? document.body)
    return () => {
      ended.abort()
      changes.disconnect()
    }
  }, [stack, shown])

  return place
}

/** Whether the stack would lie on one at the bottom, wherever it stands now. */
function liesOnSave(stack: HTMLElement): boolean {
  const { left, right, height } = stack.getBoundingClientRect()
  const top = window.innerHeight - height - parseFloat(getComputedStyle(stack).insetInlineEnd)
  return [...document.querySelectorAll('main button[type=submit]')].some((button) => {
    const save = button.getBoundingClientRect()
    return save.height > 0 && save.right > left && save.left < right && save.bottom > top
  })
}
