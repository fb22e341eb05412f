import { useState } from 'react'

import { useOnLeave } from './effects.ts'

/**
 * Returns the focus to where it was when this appeared, unless it has moved on. Mantine's dialogs
 * do that only if they stay mounted while closed, and ours do not.
 */
export function useFocusGivenBack() {
  const [before] = useState(() => document.activeElement)
  useOnLeave(() => {
    if (isLost() && before instanceof HTMLElement) before.focus()
  })
}

/** A `ref` for a field that replaces the button that was pressed, and had the focus. */
export const focusOnArrival = (field: HTMLElement | null) => field?.focus()

const isLost = () => document.activeElement === null || document.activeElement === document.body

/**
 * Moves the focus once the next frame is drawn, unless it is elsewhere by then: a quick person types
 * into another field already. `left` is what goes away, and what has the focus in it.
 */
export function focusSoon(find: () => HTMLElement | null, left: string) {
  requestAnimationFrame(() => {
    const isInside = document.activeElement?.closest(left) != null
    if (isLost() || isInside) find()?.focus()
  })
}
