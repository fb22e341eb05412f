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
