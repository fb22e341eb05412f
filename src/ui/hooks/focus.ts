import { useState } from 'react'

import { useOnLeave } from './effects.ts'

/**
 * Gives the focus back to where it was when this appeared, unless somebody has taken it. Mantine's
 * dialogs do that only if they stay mounted while they are closed, and ours do not.
 */
export function useFocusGivenBack() {
  const [before] = useState(() => document.activeElement)
  useOnLeave(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (isLost && before instanceof HTMLElement) before.focus()
  })
}
