import type { ReactNode } from 'react'

import classes from './mark.module.css'

export type MarkLook = 'good' | 'trouble' | 'bad' | 'waiting' | 'quiet'

/** A word or two about a state. The look only repeats the word. */
export function Mark({ look = 'quiet', children }: { look?: MarkLook; children: ReactNode }) {
  return (
    <span className={classes.mark} data-look={look}>
      {children}
    </span>
  )
}
