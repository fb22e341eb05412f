import { useRef } from 'react'

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
    if (!isKey(event, key) || !isFree(event)) return
    event.preventDefault()
    act()
  })
}

/** In milliseconds: the second key follows the first at once. */
const SECOND_WITHIN_MS = 1_500

/** Runs an act on two keys, one after the other, where `useKey` would run one. */
export function useKeyPairs(first: string, acts: Readonly<Record<string, () => void>>) {
  const startedAt = useRef(-Infinity)
  useListener('keydown', (event) => {
    if (!isFree(event)) return
    const isSecond = event.timeStamp - startedAt.current <= SECOND_WITHIN_MS
    startedAt.current = isKey(event, first) ? event.timeStamp : -Infinity
    const second = Object.keys(acts).find((key) => isKey(event, key))
    if (!isSecond || second === undefined) return
    event.preventDefault()
    acts[second]?.()
  })
}

/** True for a key that belongs to no field, dialog or shortcut of the browser. */
function isFree(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (event.defaultPrevented || isTyping(event.target) || areKeysOff()) return false
  return !document.querySelector('[role=dialog][aria-modal]')
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
