import { UnstyledButton } from '@mantine/core'
import { Suspense, type ReactNode } from 'react'

import { useOpenAt, type OpenAt } from '#ui/hooks/open-at.ts'

type MenuButtonProps = {
  label: string
  className: string | undefined
  /** Renders a component made with `lazyPart`: a menu's content is not needed before. */
  renderMenu: (open: OpenAt) => ReactNode
  children: ReactNode
}

/** A button, and the menu beside it while it is open. */
export function MenuButton({ label, className, renderMenu, children }: MenuButtonProps) {
  const { open, buttonProps } = useOpenAt()
  return (
    <>
      <UnstyledButton
        aria-haspopup="menu"
        aria-label={label}
        className={className}
        {...buttonProps}
      >
        {children}
      </UnstyledButton>
      <Suspense>{open && renderMenu(open)}</Suspense>
    </>
  )
}
