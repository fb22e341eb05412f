let isPressed = false

/** Notes whether a pointer is down, for `afterPress`. Once, where the page starts. */
export function watchPresses(target: Window) {
  target.addEventListener('pointerdown', () => (isPressed = true), { capture: true })
  for (const end of ['pointerup', 'pointercancel']) {
    target.addEventListener(end, () => (isPressed = false), { capture: true })
  }
}

/**
 * Runs `act` at once, or, while a pointer is down, when its click has arrived. Leaving a field may
 * show a complaint below it; shown at the press that leaves the field, it would push away what is
 * being pressed, and the click would be lost.
 */
export function afterPress(act: () => void) {
  if (!isPressed) {
    act()
    return
  }
  const ended = new AbortController()
  const { signal } = ended
  const end = () => {
    ended.abort()
    // the click follows the release within the same task
    setTimeout(act)
  }
  window.addEventListener('pointerup', end, { capture: true, signal })
  window.addEventListener('pointercancel', end, { capture: true, signal })
}
