import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react'

import type { Shown } from '#features/coverage/shown.ts'

import type { Place } from './grid-steps.ts'

type Active = { mark: string; place: Place }

/**
 * Gives the focus to the active cell. Gives it back if the cell that had it was replaced, by the
 * actions of its group or by a new reading, and follows it if others have pushed it away.
 */
export function useFocusKept(box: RefObject<HTMLElement | null>, active: Active, shown: Shown) {
  const isWithin = useRef(false)
  const before = useRef(active)

  const cell = () =>
    box.current?.querySelector<HTMLElement>(`[data-at="${CSS.escape(active.mark)}"]`)

  // the scroll-padding of the box and of the page keeps it clear of fixed parts
  const show = () => cell()?.scrollIntoView({ block: 'nearest', inline: 'nearest' })

  function take() {
    cell()?.focus({ preventScroll: true })
    show()
  }

  useLayoutEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (!isWithin.current) return
    if (isLost) take()
    else if (isPushed(before.current, active)) show()
    // oxlint-disable-next-line react/exhaustive-deps -- only what is shown can take a cell away
  }, [shown])

  useLayoutEffect(() => {
    before.current = active
  })

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

/** True if the same cell is at another place now, because rows or columns came or went. */
const isPushed = (before: Active, { mark, place }: Active) =>
  mark === before.mark && (place.row !== before.place.row || place.column !== before.place.column)
