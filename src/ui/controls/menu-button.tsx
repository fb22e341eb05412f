import { UnstyledButton } from '@mantine/core'
import { Suspense, useRef, useState, type ReactNode } from 'react'

export type OpenMenu = { button: HTMLElement; onClose: () => void }

type MenuButtonProps = {
  label: string
  className: string | undefined
  /** Renders a component made with `lazy`: a menu's content is not needed before. */
  renderMenu: (open: OpenMenu) => ReactNode
  children: ReactNode
}

/** A button, and the menu beside it while it is open. */
export function MenuButton({ label, className, renderMenu, children }: MenuButtonProps) {
  const [button, setButton] = useState<HTMLElement | null>(null)
  const wasOpen = useRef(false)
  return (
    <>
      <UnstyledButton
        aria-haspopup="menu"
        aria-expanded={button !== null}
        aria-label={label}
        className={className}
        // a press closes the open menu, and the click that follows would open it again
        onPointerDown={() => {
          wasOpen.current = button !== null
        }}
        onClick={({ currentTarget }) => {
          if (!wasOpen.current) setButton(currentTarget)
          wasOpen.current = false
        }}
      >
        {children}
      </UnstyledButton>
      <Suspense>{button && renderMenu({ button, onClose: () => setButton(null) })}</Suspense>
    </>
  )
}
