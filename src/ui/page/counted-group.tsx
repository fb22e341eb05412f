import type { ReactNode } from 'react'

import classes from './counted-group.module.css'

type CountedGroupProps = {
  title: string
  count: number
  /** Open at first; other groups open on demand. */
  isOpen: boolean
  children: ReactNode
}

/** Items in the same state, under their title and number, folded or not. */
export function CountedGroup({ title, count, isOpen, children }: CountedGroupProps) {
  return (
    <details className={classes.group} open={isOpen}>
      <summary className={classes.title}>
        <h2>{title}</h2>
        <span className={classes.number}>{count.toLocaleString('en')}</span>
      </summary>
      {children}
    </details>
  )
}
