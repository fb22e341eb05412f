import { useListener } from './effects.ts'

const OFF = 'hookdesk-keys-off'

/** Single-letter keys interfere with speech input, so people can switch them off. */
export function areKeysOff(): boolean {
  try {
    return localStorage.getItem(OFF) !== null
  } catch {
    return false
  }
}

export function switchKeys(areOn: boolean) {
  try {
    if (areOn) localStorage.removeItem(OFF)
    else localStorage.setItem(OFF, '')
  } catch {
    // without storage the choice is lost: the keys stay on
  }
}

/**
 * Runs `act` on a single key, unless the person is typing, in a dialog, or has switched keys off.
 */
export function useKey(key: string, act: () => void) {
  useListener('keydown', (event) => {
    if (!isKey(event, key) || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.defaultPrevented || isTyping(event.target) || areKeysOff()) return
    if (document.querySelector('[role=dialog][aria-modal]')) return
    event.preventDefault()
    act()
  })
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>

/**
 * True for the key that is printed so: a letter also with Caps Lock on, and by its place on the
 * keyboard if the layout writes another script.
 */
export function isKey({ key, code, shiftKey }: Pressed, wanted: string): boolean {
  if (!/^[a-z]$/.test(wanted)) return key === wanted
  if (shiftKey) return false
  return (
    key.toLowerCase() === wanted || (isOtherScript(key) && code === `Key${wanted.toUpperCase()}`)
  )
}

const isOtherScript = (key: string) => /^\p{L}$/u.test(key) && !/\p{Script=Latin}/u.test(key)

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
