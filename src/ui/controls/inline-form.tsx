import type { ReactNode } from 'react'

import { Form } from './form.tsx'
import classes from './inline-form.module.css'

type InlineFormProps = {
  label: string
  onSubmit: () => void
  /** The field, if there is one, and the button beside it. */
  children: ReactNode
  /** Messages, on lines of their own. */
  below?: ReactNode
}

export function InlineForm({ label, onSubmit, children, below }: InlineFormProps) {
  return (
    <Form label={label} className={classes.form} onSubmit={onSubmit}>
      {children}
      {below && <div className={classes.below}>{below}</div>}
    </Form>
  )
}
