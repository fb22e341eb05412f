import type { KeyboardEvent, MouseEvent } from 'react'

import { isPlainClick } from './plain-click.ts'

/**
 * For a link that acts as a button does: a plain click and the space bar run `act`, and whatever
 * opens a tab or copies the address is the browser's.
 */
export const pressOf = (act: () => void) => ({
  onClick: (event: MouseEvent) => {
    if (isPlainClick(event)) act()
  },
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== ' ') return
    // the page would scroll
    event.preventDefault()
    event.currentTarget.click()
  },
})
