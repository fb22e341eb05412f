import type { ComponentProps } from 'react'

import classes from './plain-checkbox.module.css'

type PlainCheckboxProps = Omit<ComponentProps<'input'>, 'type'>

/** The browser's own checkbox, for lists with one in every line. */
export function PlainCheckbox({ className, ...props }: PlainCheckboxProps) {
  return <input {...props} type="checkbox" className={`${classes.box} ${className ?? ''}`} />
}
