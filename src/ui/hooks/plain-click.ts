import type { MouseEvent } from 'react'

/**
 * True if the app should follow a click on a link instead of the browser. A click that opens a tab
 * or a window is the browser's.
 */
export function isPlainClick(event: MouseEvent): boolean {
  const isOurs =
    event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (isOurs) event.preventDefault()
  return isOurs
}
