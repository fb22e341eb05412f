import type { ReactNode } from 'react'

import { Form } from './form.tsx'
import classes from './inline-form.module.css'

type InlineFormProps = {
  label: string
  onSubmit: () => void
  /** The field, if there is one, and the button beside it. */
  children: ReactNode
  /** What is said of it, on lines of its own. */
  below?: ReactNode
}

/** A form of one line. */
export function InlineForm({ label, onSubmit, children, below }: InlineFormProps) {
  return (
    <Form label={label} className={classes.form} onSubmit={onSubmit}>
      {children}
      {below && <div className={classes.below}>{below}</div>}
    </Form>
  )
}
