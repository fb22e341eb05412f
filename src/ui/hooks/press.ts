// as far as a hand shakes, in pixels
const SAME_PLACE = 6

const CONTROLS = 'button, a[href], input, label, summary, [role=option]'

let isPressed = false
let pressed: { element: HTMLElement; x: number; y: number } | null = null

/**
 * Notes whether a pointer is down, for `afterPress`, and gives a click to what was pressed even if
 * it moved meanwhile: a part of the page that arrives between press and release pushes the button
 * away from under a resting pointer, and browsers would click on what is there instead. Called
 * once, when the page starts.
 */
export function watchPresses(target: Window) {
  target.addEventListener('pointerdown', press, { capture: true })
  for (const end of ['pointerup', 'pointercancel']) {
    target.addEventListener(end, () => (isPressed = false), { capture: true })
  }
  target.addEventListener('click', click, { capture: true })
}

function press({ target, button, isPrimary, clientX, clientY }: PointerEvent) {
  isPressed = true
  const element = target instanceof Element ? target.closest<HTMLElement>(CONTROLS) : null
  pressed = element && button === 0 && isPrimary ? { element, x: clientX, y: clientY } : null
}

function click(event: MouseEvent) {
  const { target, clientX, clientY, isTrusted, detail } = event
  // a key's click has no count; one by this module is not trusted
  if (!pressed || !isTrusted || detail === 0) return
  const { element, x, y } = pressed
  pressed = null
  const isSamePlace = Math.hypot(clientX - x, clientY - y) <= SAME_PLACE
  const isThere = target instanceof Node && element.contains(target)
  if (isThere || !isSamePlace || !element.isConnected) return
  event.stopPropagation()
  event.preventDefault()
  element.click()
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
