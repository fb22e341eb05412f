import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react'

import type { Shown } from '#features/coverage/shown.ts'

/**
 * Gives the focus to the active cell. Gives it back if the cell that had it was replaced, by the
 * actions of its group or by a new reading.
 */
export function useFocusKept(box: RefObject<HTMLElement | null>, mark: string, shown: Shown) {
  const isWithin = useRef(false)

  function take() {
    const cell = box.current?.querySelector<HTMLElement>(`[data-at="${CSS.escape(mark)}"]`)
    cell?.focus({ preventScroll: true })
    // the scroll-padding of the box and of the page keeps it clear of fixed parts
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
      // a removed cell is out of the page by then, and the person has not left the grid
      queueMicrotask(() => {
        const hasLeft = target.isConnected && !box.current?.contains(document.activeElement)
        if (hasLeft && document.hasFocus()) isWithin.current = false
      })
    },
  }
  return { take, watch }
}
