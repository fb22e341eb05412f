import type { MouseEvent } from 'react'

/**
 * Whether a click on a link is the app's to follow; then the browser does not. One that opens a
 * tab or a window is the browser's.
 */
export function isPlainClick(event: MouseEvent): boolean {
  const isOurs =
    event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (isOurs) event.preventDefault()
  return isOurs
}
