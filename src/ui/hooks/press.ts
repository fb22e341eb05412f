let isPressed = false

/** Notes whether a pointer is down, for `afterPress`. Called once, when the page starts. */
export function watchPresses(target: Window) {
  target.addEventListener('pointerdown', () => (isPressed = true), { capture: true })
  for (const end of ['pointerup', 'pointercancel']) {
    target.addEventListener(end, () => (isPressed = false), { capture: true })
  }
}

/**
 * Runs `act` at once, or, while a pointer is down, after its click. Leaving a field may show an
 * error below it. Shown during the press that leaves the field, the error would push the pressed
 * button away, and the click would be lost.
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
