import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'

type MenuAtProps = {
  /** What opened it: the menu stands there, and gives the focus back to it. */
  button: HTMLElement
  label: string
  position: 'bottom-start' | 'bottom-end'
  width: number
  className?: string | undefined
  onClose: () => void
  children: ReactNode
}

/** The one menu of a table, at the button that opened it. One per row would cost every page turn. */
export function MenuAt(props: MenuAtProps) {
  const { button, label, position, width, className, onClose, children } = props
  const { top, left, width: buttonWidth, height } = button.getBoundingClientRect()

  function close() {
    onClose()
    // a dialog that an item opens takes the focus itself, and gives it back here
    button.focus({ preventScroll: true })
  }

  return (
    <Menu
      opened
      onClose={close}
      // inside the page's landmarks, as everything is
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      position={position}
      width={width}
      shadow="md"
      returnFocus={false}
      // it does not scroll with the page, so it ends where a low window does, and scrolls itself
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
