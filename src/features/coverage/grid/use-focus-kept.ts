import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react'

import type { Shown } from '#features/coverage/shown.ts'

/**
 * Gives the focus to the active cell, and gives it back where the cell that had it made way for
 * others: for the actions of its group, or because of what was read anew.
 */
export function useFocusKept(box: RefObject<HTMLElement | null>, mark: string, shown: Shown) {
  const isWithin = useRef(false)

  function take() {
    const cell = box.current?.querySelector<HTMLElement>(`[data-at="${CSS.escape(mark)}"]`)
    cell?.focus({ preventScroll: true })
    // clear of what stays in place, by the scroll-padding of the box and of the page
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  useLayoutEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (isLost && isWithin.current) take()
    // oxlint-disable-next-line react/exhaustive-deps -- only what is shown can take a cell away
  }, [shown])

  const watch = {
    onFocusCapture: () => {
      isWithin.current = true
    },
    onBlurCapture({ target }: FocusEvent) {
      // one that was taken away is out of the page by then, and nobody has left the grid
      queueMicrotask(() => {
        const hasLeft = target.isConnected && !box.current?.contains(document.activeElement)
        if (hasLeft && document.hasFocus()) isWithin.current = false
      })
    },
  }
  return { take, watch }
}
