import type { KeyboardEvent } from 'react'

/**
 * Whether the key belongs to an input method that is putting a word together. Safari ends the
 * composition before the Enter that ended it: only the old key code still tells.
 */
export function isComposing({ nativeEvent }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === 229
}
