import type { CSSProperties, ReactNode } from 'react'

import classes from './styles-page.module.css'

/** One piece in one state, with the name of the state below. */
export function Sample({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.sample}>
      {children}
      <span className={classes.name}>{name}</span>
    </div>
  )
}

/** Shows the value of a custom property, in the way its class says. */
export function Shown({ variable, as }: { variable: string; as: string | undefined }) {
  return (
    <Sample name={variable}>
      <span className={as} style={{ '--shown': `var(${variable})` } as CSSProperties}>
        {as === classes.text && 'Webhooks'}
      </span>
    </Sample>
  )
}
