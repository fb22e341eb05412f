import { useState, type ReactNode } from 'react'

import classes from './disclosure.module.css'

type DisclosureProps = {
  summary: ReactNode
  /** Open at first. */
  isOpen?: boolean
  className?: string | undefined
  /**
   * The folded content. A function creates it on demand: hundreds of them would be most of a page.
   */
  children: ReactNode | (() => ReactNode)
}

/** More details, one press away. */
export function Disclosure({ summary, isOpen = false, className, children }: DisclosureProps) {
  const [isOpenNow, setIsOpenNow] = useState(isOpen)
  return (
    <details
      className={`${classes.disclosure} ${className ?? ''}`}
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpenNow(currentTarget.open)}
    >
      <summary>{summary}</summary>
      {typeof children === 'function' ? isOpenNow && children() : children}
    </details>
  )
}
