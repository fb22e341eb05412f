import { useLayoutEffect, useState, type RefObject } from 'react'

/**
 * The place of the notices: at the bottom of the window, or at its top while they would cover a
 * button that saves. They must not take a press meant for the button.
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
    // the act that a notice reports may change the layout below the notice
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

/** True if the stack would cover such a button at the bottom, wherever the stack is now. */
function liesOnSave(stack: HTMLElement): boolean {
  const { left, right, height } = stack.getBoundingClientRect()
  const top = window.innerHeight - height - parseFloat(getComputedStyle(stack).insetInlineEnd)
  return [...document.querySelectorAll('main button[type=submit]')].some((button) => {
    const save = button.getBoundingClientRect()
    return save.height > 0 && save.right > left && save.left < right && save.bottom > top
  })
}
