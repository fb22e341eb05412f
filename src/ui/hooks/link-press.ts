import type { KeyboardEvent, MouseEvent } from 'react'

import { isPlainClick } from './plain-click.ts'

/**
 * Props for a link that acts as a button does: a plain click and the space bar run `act`; opening a
 * tab and copying the address stay with the browser.
 */
export const pressOf = (act: () => void) => ({
  onClick: (event: MouseEvent) => {
    if (isPlainClick(event)) act()
  },
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== ' ') return
    // prevents the page from scrolling
    event.preventDefault()
    event.currentTarget.click()
  },
})
