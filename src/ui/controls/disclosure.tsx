import { useState, type ReactNode } from 'react'

import classes from './disclosure.module.css'

type DisclosureProps = {
  summary: ReactNode
  /** Open at first. */
  isOpen?: boolean
  className?: string | undefined
  /** What is folded away. A function makes it once it is wanted: where there are hundreds, that is most of a page. */
  children: ReactNode | (() => ReactNode)
}

/** More about something, one press away. */
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
