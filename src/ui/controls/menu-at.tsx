import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'

type MenuAtProps = {
  /** The button that opened it: the menu is placed there, and gives the focus back to it. */
  button: HTMLElement
  label: string
  position: 'bottom-start' | 'bottom-end'
  width: number
  className?: string | undefined
  onClose: () => void
  children: ReactNode
}

/**
 * The one menu of a table, at the button that opened it. A menu per row would slow every page turn.
 */
export function MenuAt(props: MenuAtProps) {
  const { button, label, position, width, className, onClose, children } = props
  const { top, left, width: buttonWidth, height } = button.getBoundingClientRect()

  function close() {
    onClose()
    // a dialog that an item opens takes the focus from here, and gives it back here
    button.focus({ preventScroll: true })
  }

  return (
    <Menu
      opened
      onClose={close}
      // keeps the menu inside the page's landmarks, like all content
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      position={position}
      width={width}
      shadow="md"
      returnFocus={false}
      // it does not scroll with the page, so it ends at the edge of a low window, and scrolls
      // itself
      middlewares={{ flip: true, shift: true, size: true }}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <span
          aria-hidden
          style={{
            position: 'fixed',
            pointerEvents: 'none',
            top,
            left,
            width: buttonWidth,
            height,
          }}
        />
      </Menu.Target>
      <Menu.Dropdown
        aria-label={label}
        aria-labelledby={undefined}
        className={className}
        style={{ overflowY: 'auto' }}
      >
        {children}
      </Menu.Dropdown>
    </Menu>
  )
}
