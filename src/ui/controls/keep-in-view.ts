// room for the list's heading, two options and part of a third
const ROOM = 160
// as in base.css; a higher window has room on one side of the field
const LOW = 400

/** In a low window, as at 400 % zoom, moves up a field that has no room for a list below it. */
export function makeRoom(field: HTMLElement | null) {
  if (!field || window.innerHeight > LOW) return
  const room = window.innerHeight - field.getBoundingClientRect().bottom
  if (room < ROOM) field.scrollIntoView({ block: 'start' })
}

// between the field, its list, and the edge of what can be seen
const GAP = 6

/**
 * Places a list below its field, or above it where there is more room, as high as fits into what
 * can be seen: it covers neither its field nor the end of the window.
 */
export function placeBeside(field: HTMLElement, list: HTMLElement) {
  const at = field.getBoundingClientRect()
  const around = list.offsetParent?.getBoundingClientRect() ?? at
  const seen = seenAround(field)
  const [above, below] = [at.top - seen.top - GAP, seen.bottom - at.bottom - GAP]
  const isAbove = below < list.scrollHeight && above > below
  list.style.setProperty('--room', `${Math.max(ROOM / 2, isAbove ? above : below)}px`)
  list.style.setProperty('--from', `${at.bottom - around.top + GAP}px`)
  list.style.setProperty('--to', `${around.bottom - at.top + GAP}px`)
  list.toggleAttribute('data-above', isAbove)
}

/** The part of the window in which a scrolling box around an element shows it. */
function seenAround(element: HTMLElement) {
  const window = { top: 0, bottom: globalThis.innerHeight }
  let box = element.parentElement
  while (box && !/auto|scroll|hidden|clip/.test(getComputedStyle(box).overflowY)) {
    box = box.parentElement
  }
  if (!box || box === document.body || box === document.documentElement) return window
  const { top, bottom } = box.getBoundingClientRect()
  return { top: Math.max(0, top), bottom: Math.min(window.bottom, bottom) }
}

/** Scrolls the list and nothing around it: the field keeps its place. */
export function showWithin(list: HTMLElement, option: HTMLElement) {
  const [box, at] = [list.getBoundingClientRect(), option.getBoundingClientRect()]
  const heading = option.parentElement?.querySelector('[aria-hidden]')?.clientHeight ?? 0
  const above = box.top + heading - at.top
  const below = at.bottom - box.bottom
  // by whole pixels, because a browser that drops the rest would cut the option off
  if (above > 0) list.scrollTop -= Math.ceil(above)
  else if (below > 0) list.scrollTop += Math.ceil(below)
}
