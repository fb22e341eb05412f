import { useState } from 'react'

import { useOnLeave } from './effects.ts'

/**
 * Returns the focus to where it was when this appeared, unless it has moved on. Mantine's dialogs
 * do that only if they stay mounted while closed, and ours do not.
 */
export function useFocusGivenBack() {
  const [before] = useState(() => document.activeElement)
  useOnLeave(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (isLost && before instanceof HTMLElement) before.focus()
  })
}
