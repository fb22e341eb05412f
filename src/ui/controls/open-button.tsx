import { Button } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Suspense, type ReactNode } from 'react'

import { useOpenAt, type OpenAt } from '#ui/hooks/open-at.ts'

type OpenButtonProps = {
  label: string
  kind: 'dialog' | 'menu'
  /** True if something is chosen behind it. */
  isInUse?: boolean
  className?: string | undefined
  /** Drawn while it is open. */
  children: (open: OpenAt) => ReactNode
}

/** A button that opens something at itself. */
export function OpenButton({ label, kind, isInUse, className, children }: OpenButtonProps) {
  const { open, buttonProps } = useOpenAt()
  return (
    <span className={className}>
      <Button
        variant={isInUse ? 'light' : 'default'}
        rightSection={<IconChevronDown size={16} aria-hidden />}
        aria-haspopup={kind}
        {...buttonProps}
      >
        {label}
      </Button>
      <Suspense>{open && children(open)}</Suspense>
    </span>
  )
}
