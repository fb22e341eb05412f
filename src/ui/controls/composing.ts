import type { KeyboardEvent } from 'react'

/**
 * True if the key belongs to an input method that is composing a word. Safari ends the composition
 * before the Enter that ended it: only the old key code still shows it.
 */
export function isComposing({ nativeEvent }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === 229
}
