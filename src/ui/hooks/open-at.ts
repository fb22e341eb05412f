import { useRef, useState, type MouseEvent } from 'react'

/** The button that opened something, like a menu, and a way to close it. */
export type OpenAt = { button: HTMLElement; onClose: () => void }

/**
 * Opens and closes something at a button that closes itself on a press outside of it. For that, its
 * own button is outside too: `buttonProps` keep the click that follows from opening it again.
 */
export function useOpenAt() {
  const [button, setButton] = useState<HTMLElement | null>(null)
  const wasOpen = useRef(false)
  const open: OpenAt | null = button && { button, onClose: () => setButton(null) }
  return {
    open,
    buttonProps: {
      'aria-expanded': button !== null,
      onPointerDown() {
        wasOpen.current = button !== null
      },
      onClick({ currentTarget }: MouseEvent<HTMLElement>) {
        if (!wasOpen.current) setButton(currentTarget)
        wasOpen.current = false
      },
    },
  }
}
